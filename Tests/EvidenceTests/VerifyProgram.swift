import Foundation

/// `cordon-verify`, run as a person runs it: by its file, with an empty environment, in a folder of its own.
struct VerifyProgram {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cordon-verify-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func end() { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: folder.appending(path: name)) }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func run(_ line: String, input: [UInt8]? = nil) throws -> (status: Int32, output: String, messages: String) {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = line.split(separator: " ").map { String($0) }
    process.environment = [:]
    process.currentDirectoryURL = folder
    let (output, messages, standardInput) = (Pipe(), Pipe(), Pipe())
    (process.standardOutput, process.standardError, process.standardInput) = (output, messages, standardInput)
    try process.run()
    if let input { try standardInput.fileHandleForWriting.write(contentsOf: Data(input)) }
    try standardInput.fileHandleForWriting.close()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let said = try messages.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self), String(decoding: said, as: UTF8.self))
  }

  /// Beside the test program: SwiftPM puts all products into one folder.
  private static var program: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "cordon-verify")
  }
}
