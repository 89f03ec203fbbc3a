internal import PrivateServers

/// The program, run as a person or a script runs it: by its file, with an environment of its own, in the repository's folder.
package struct CordonProgram: Sendable {
  /// Nothing of the tests' own environment reaches the program.
  package var environment: [String: String]

  package init(environment: [String: String] = ["CORDON_ENV": "test"]) { self.environment = environment }

  /// Starts a run that is waited for later.
  package func start(_ arguments: String...) throws -> ProgramRun { try start(arguments) }

  /// Runs it to its end. - Returns: the ended run with its exit status.
  package func run(_ arguments: String...) async throws -> (status: Int32, output: String, messages: String) {
    try await run(arguments)
  }

  /// The same with arguments that are read from somewhere.
  package func run(_ arguments: [String]) async throws -> (status: Int32, output: String, messages: String) {
    let run = try start(arguments)
    let status = await run.status()
    return (status, run.output, run.messages)
  }

  /// The same with arguments that are put together.
  package func start(_ arguments: [String]) throws -> ProgramRun {
    var environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
    environment.merge(self.environment) { $1 }
    return try ProgramRun(
      ["/usr/bin/env", "-i"] + environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + [Self.path] + arguments,
      in: Self.repository)
  }

  /// Beside the test program: SwiftPM puts all products into one folder.
  package static var path: String {
    CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/cordon"
  }

  private static let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
}
