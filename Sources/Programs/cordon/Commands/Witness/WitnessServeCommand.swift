internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon witness serve`.
struct WitnessServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Run a witness until SIGTERM or SIGINT.",
    discussion: """
      Needs no database and no Redis. POST /add-checkpoint is C2SP's tlog-witness; /healthz, /readyz and /metrics are those of every role. What is cosigned \
      is kept in --state before it is answered; a second process on the same folder is refused. When it listens, its address is printed.
      """)

  @Option(name: .customLong("key"), help: "The key's file.")
  var keyFile: String

  @Option(name: .customLong("state"), help: "The folder of what was cosigned, as `witness key create` made it.")
  var directory: String

  @Option(
    name: .customLong("logs"),
    help: "A file of the logs' keys, one a line; a key under <operator>/keys stands for all logs of the operator.")
  var logsFile: String

  @Option(help: "Address and port to listen on; port 0 takes any.")
  var listen = "127.0.0.1:8096"

  @Option(name: .customLong("per-minute"), help: "Checkpoints of one log that are taken in a minute.")
  var perMinute = 600

  @OptionGroup var configuration: ConfigurationOptions

  func run() async throws {
    guard let colon = listen.lastIndex(of: ":"), let port = Decimal64.parse(listen[listen.index(after: colon)...]), port <= 65_535,
      colon > listen.startIndex
    else { throw CommandFailure(.usage, "--listen is ADDRESS:PORT") }
    guard perMinute > 0 else { throw CommandFailure(.usage, "--per-minute is a number from 1") }
    let options = WitnessOptions(
      keyFile: keyFile, stateDirectory: directory, logsFile: logsFile, host: String(listen[..<colon]), port: Int(port),
      perMinute: perMinute)
    try await WitnessProcess(options, configuration: try configuration.load(), build: .current).run { Terminal.data($0) }
  }
}
