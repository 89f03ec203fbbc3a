/// What one Argon2id computation costs (RFC 9106). Stored hashes carry their own cost, so that it can be raised later.
package struct Argon2idCost: Hashable, Sendable {
  package let memoryKibibytes: Int
  package let iterations: Int

  package init(memoryKibibytes: Int, iterations: Int) {
    self.memoryKibibytes = memoryKibibytes
    self.iterations = iterations
  }

  /// 19 MiB and two passes with one lane: OWASP's recommendation of 2023. Some 20 ms of one core.
  package static let standard = Argon2idCost(memoryKibibytes: 19 * 1024, iterations: 2)

  /// The least that libsodium takes, for tests of everything around the hash.
  package static let least = Argon2idCost(memoryKibibytes: 8, iterations: 1)
}
