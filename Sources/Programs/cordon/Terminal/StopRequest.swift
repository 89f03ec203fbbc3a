internal import Dispatch
internal import Glibc
internal import Synchronization

/// Ctrl-C as a wish instead of an end: for commands that finish what they are at. A second one ends the program at once.
final class StopRequest {
  private final class Flag: Sendable {
    let isSet = Atomic<Bool>(false)
  }

  private let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM].map { number in
      Glibc.signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      source.setEventHandler { [flag] in
        guard !flag.isSet.exchange(true, ordering: .relaxed) else { Glibc.exit(ExitStatus.interrupted.rawValue) }
      }
      source.resume()
    }
  }

  var isMade: Bool { flag.isSet.load(ordering: .relaxed) }
}
