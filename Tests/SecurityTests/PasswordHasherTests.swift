internal import Security
internal import Testing

@Suite struct PasswordHasherTests {
  @Test("A password verifies against its own hash, another one doesn't, and no two hashes are equal")
  func roundTrip() async throws {
    let hasher = try PasswordHasher(cost: .least)
    let hash = try await hasher.hash("correct horse battery staple")
    #expect(hash.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
    #expect(hash.utf8.count <= 128)
    #expect(try await hasher.hash("correct horse battery staple") != hash)
    #expect(try await hasher.verify("correct horse battery staple", against: hash) == .correct)
    for wrong in ["", "correct horse battery stapl", "Correct horse battery staple", "correct horse battery staple\u{0}"] {
      #expect(try await hasher.verify(wrong, against: hash) == .wrong)
    }
  }

  @Test("A hash of another cost is correct, and asks for a new one")
  func rehash() async throws {
    let hash = try await PasswordHasher(cost: .least).hash("pass phrase")
    let stronger = try PasswordHasher(cost: Argon2idCost(memoryKibibytes: 16, iterations: 2))
    #expect(try await stronger.verify("pass phrase", against: hash) == .correctNeedsRehash)
    #expect(try await stronger.verify("pass phrases", against: hash) == .wrong)
  }

  @Test(
    "An absent account and an unreadable hash are wrong passwords",
    arguments: [nil, "", "plain", "$argon2id$v=19$m=8,t=1,p=1$AAAA", "$2b$12$abcdefghijklmnopqrstuv"] as [String?])
  func unusable(stored: String?) async throws {
    let hasher = try PasswordHasher(cost: .least)
    #expect(try await hasher.verify("anything", against: stored) == .wrong)
  }

  @Test("An absent account takes the work of a present one")
  func decoyCosts() async throws {
    let hasher = try PasswordHasher(cost: .least)
    let hash = try await hasher.hash("pass phrase")
    for stored in [hash, nil] {
      let before = hasher.computationCount
      #expect(try await hasher.verify("guess", against: stored) == .wrong)
      #expect(hasher.computationCount == before + 1)
    }
  }

  @Test("The line is bounded: who finds it full is refused, everyone else gets a turn")
  func boundedLine() async throws {
    let hasher = try PasswordHasher(cost: .standard, atOnceMax: 1, waitingMax: 2)
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<12 {
        group.addTask {
          do {
            _ = try await hasher.hash("pass phrase")
            return true
          } catch {
            #expect(error as? PasswordRefusal == .overloaded)
            return false
          }
        }
      }
      return await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(outcomes.contains(true))
    #expect(outcomes.contains(false))
    // The line is empty again.
    _ = try await hasher.hash("pass phrase")
  }

  @Test("A cancelled task leaves the line, and those behind it move up")
  func cancelledInLine() async throws {
    let hasher = try PasswordHasher(cost: .standard, atOnceMax: 1, waitingMax: 8)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<6 { group.addTask { _ = try? await hasher.hash("pass phrase") } }
      group.cancelAll()
    }
    #expect(try await hasher.verify("x", against: hasher.hash("x")) == .correct)
  }
}
