import FoundationEssentials

/// Folders that tests write to.
enum TestFolder {
  static func make(_ files: [String: String] = [:]) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/cordon-platform-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { _ = FileManager.default.createFile(atPath: path + "/" + name, contents: Data(text.utf8)) }
    return path
  }

  static func onlyFile(in directory: String) -> String? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory), names.count == 1 else { return nil }
    return FileManager.default.contents(atPath: directory + "/" + names[0]).map { String(decoding: $0, as: UTF8.self) }
  }

  static func remove(_ directory: String) { try? FileManager.default.removeItem(atPath: directory) }
}
