import Foundation

/// The manifest, as SwiftPM reads it.
struct PackageDescription {
  let targets: [PackageTarget]

  /// Asks SwiftPM. With a scratch folder of its own: `swift test` holds the lock of the ordinary one while it runs this.
  static func load() throws -> PackageDescription {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "cordon-manifest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swift", "package", "--package-path", Repository.root.path, "--scratch-path", scratch.path, "dump-package"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode(Manifest.self, from: bytes).description
  }

  private struct Manifest: Decodable {
    struct Target: Decodable {
      let name: String
      let type: String
      let path: String?
      let dependencies: [[String: [Name?]]]
    }

    /// A dependency is an array of a name and a condition, which is null or an object.
    enum Name: Decodable {
      case name(String)
      case other

      init(from decoder: any Decoder) throws {
        self = (try? decoder.singleValueContainer().decode(String.self)).map { .name($0) } ?? .other
      }
    }

    let targets: [Target]

    var description: PackageDescription {
      let names = Set(targets.map(\.name))
      return PackageDescription(
        targets: targets.map { target in
          let dependencies = target.dependencies.flatMap { $0.values }.compactMap { values -> String? in
            guard case .name(let name)?? = values.first, names.contains(name) else { return nil }
            return name
          }
          return PackageTarget(name: target.name, type: target.type, path: target.path ?? "", targetDependencies: dependencies)
        })
    }
  }
}
