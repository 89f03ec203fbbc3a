internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon up`.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up", abstract: "Run everything on this machine until Ctrl-C.",
    discussion: """
      Without DATABASE_URL and REDIS_URL it starts private servers of its own; their data stays in --directory between runs. \
      With --demo it seeds two brands and plays a day of them over HTTP; a step that doesn't go as expected ends it with status 3.
      """)

  @Flag(help: "Seed the brands default and brand2, and play the demonstration through the gateway.")
  var demo = false

  @Flag(name: .customLong("exit-after-demo"), help: "Stop when the demonstration is over.")
  var exitsAfterDemo = false

  @Flag(help: "Tell what happens in JSON lines on standard output, for programs.")
  var json = false

  @Option(help: "Where the private servers keep their data, secrets and logs.")
  var directory = ".cordon"

  @Option(help: "The folder of the migration files.")
  var migrations = "db/migrations"

  @OptionGroup var configuration: ConfigurationOptions

  func run() async throws {
    let options = UpOptions(
      directory: directory, migrations: migrations, playsDemo: demo, exitsAfterDemo: exitsAfterDemo, flags: try configuration.flags())
    let reporter = UpReporter(isJSON: json)
    let log = LogFile(path: directory + "/cordon.log")
    let passed = try await UpRun(options: options, build: .current, logSink: log.sink, tell: reporter.tell).run()
    guard passed else {
      throw CommandFailure(.verificationFailed, "the demonstration did not go as expected; the roles' log is \(log.path)")
    }
  }
}
