internal import Evidence
internal import Kernel
internal import Logging
package import Platform
internal import Witness

/// Runs a witness until a stop signal.
package struct WitnessProcess: Sendable {
  private let options: WitnessOptions
  private let configuration: EffectiveConfiguration
  private let build: BuildInformation

  package init(_ options: WitnessOptions, configuration: EffectiveConfiguration, build: BuildInformation) {
    self.options = options
    self.configuration = configuration
    self.build = build
  }

  /// - Parameter onListening: called once with the address, when connections are accepted.
  /// - Throws: ``SecretFault`` or `StartRefused` where the key, the state or the list of logs can't be used.
  package func run(onListening: @escaping @Sendable (String) async -> Void) async throws {
    let logger = RoleLogger.make(service: "witness", configuration: configuration)
    let (registry, drain, inFlight) = (MetricsRegistry(), DrainState(), InFlightRequests())
    let witness = try witness(registry, logger)
    let server = WitnessServer(
      witness, host: options.host, port: options.port, configuration: configuration, build: build, registry: registry, logger: logger,
      drain: drain, inFlight: inFlight
    ) { [host = options.host] port in await onListening("http://\(host):\(port)") }
    logger.notice("witness started", metadata: ["version": "\(build.version)", "version_hash": "\(build.commit)"])
    try await ProcessLifecycle(configuration: configuration, build: build, logger: logger, drain: drain, inFlight: inFlight).run([server])
  }

  private func witness(_ registry: MetricsRegistry, _ logger: Logger) throws -> Witness {
    let key = try WitnessKeyFile(path: options.keyFile).load()
    let logs = try logs()
    do throws(FileFault) {
      let state = try WitnessState(options.stateDirectory, key: key)
      return Witness(key: key, logs: logs, state: state, perMinute: options.perMinute, registry: registry, logger: logger)
    } catch {
      throw StartRefused(error.description)
    }
  }

  private func logs() throws -> WitnessLogs {
    do {
      guard let text = try DurableFile.read(options.logsFile, bytesMax: WitnessLogs.bytesMax) else {
        throw NoteFault("there is no such file")
      }
      return try WitnessLogs(text: text)
    } catch {
      throw StartRefused("\(options.logsFile): \(error)")
    }
  }
}
