internal import Kernel
internal import Security

/// How the bound on password computations looks to a client.
enum PasswordWork {
  static func unavailableWhenBusy<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch is PasswordRefusal {
      throw Problem(.overloaded, retryAfterSeconds: 1)
    }
  }
}
