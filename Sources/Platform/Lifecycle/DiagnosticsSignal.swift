internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Calls a handler each time the process gets SIGUSR1, on a thread that nothing else uses: a process that hangs is asked most of all.
struct DiagnosticsSignal {
  private let source: any DispatchSourceSignal

  init(handler: @escaping @Sendable () -> Void) {
    // The default would end the process.
    signal(SIGUSR1, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGUSR1, queue: DispatchQueue(label: "cordon.diagnostics"))
    source.setEventHandler(handler: handler)
    source.resume()
  }

  func cancel() { source.cancel() }
}
