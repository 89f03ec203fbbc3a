import Foundation
import PrivateServers
import Testing

/// Prometheus' own judge of rules and expressions.
enum Promtool {
  /// - Returns: its exit status.
  static func run(_ arguments: [String]) throws -> Int32 {
    let path = try #require(ServerLocator.program("promtool"), "promtool is missing; scripts/bootstrap --tests installs it")
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
