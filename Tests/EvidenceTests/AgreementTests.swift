import Evidence
import Foundation
import Kernel
import Testing

/// Two verifiers that share nothing but the documents must find the same thing in the same place.
@Suite("Two verifiers")
struct AgreementTests {
  @Test("both refuse every changed byte of a bundle, with the same finding in the same place, and accept the untouched one")
  func everyByte() async throws {
    let bundle = try SampleBundle().bytes()
    let trust = try SampleBundle.trust()
    var changes = ["cut \(bundle.count)"]
    var cases = [bundle]
    for index in bundle.indices {
      for flip: UInt8 in [0x01, 0x80] {
        changes.append("xor \(index) \(flip)")
        cases.append(bundle)
        cases[cases.count - 1][index] ^= flip
      }
      changes.append("del \(index)")
      cases.append(Array(bundle[..<index] + bundle[(index + 1)...]))
      changes.append("ins \(index) \(bundle[index] ^ 1)")
      cases.append(Array(bundle[..<index] + [bundle[index] ^ 1] + bundle[index...]))
      changes.append("cut \(index)")
      cases.append(Array(bundle[..<index]))
    }
    for byte: UInt8 in [0x00, 0x0A, 0x45] {
      changes.append("add \(byte)")
      cases.append(bundle + [byte])
    }
    async let second = Self.second(on: bundle, changes: changes)
    let first = try await Self.first(cases, trust)
    let other = try await second
    #expect(first.count == 5 * bundle.count + 4 && other.count == first.count)
    #expect(first.first == "verified" && first.count { $0 == "verified" } == 1)
    let apart = zip(changes, zip(first, other)).filter { $1.0 != $1.1 }.map { "\($0): \($1.0) / \($1.1)" }
    #expect(apart == [], "\(apart.prefix(20).joined(separator: "\n"))")
    // Nothing is refused for one reason alone.
    #expect(Set(first.map { $0.prefix { $0 != " " } }).count >= 9)
  }

  @Test("both find the same in bundles that somebody put together wrongly with every key at hand")
  func forged() async throws {
    let cases = try ForgedBundles.all()
    let folder = FileManager.default.temporaryDirectory.appending(path: "cordon-forged-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var changes: [String] = []
    for (index, one) in cases.enumerated() {
      let file = folder.appending(path: "\(index)")
      try Data(one.bytes).write(to: file)
      changes.append("file \(file.path)")
    }
    let first = try await Self.first(cases.map(\.bytes), SampleBundle.trust())
    let second = try await Self.second(on: [], changes: changes)
    #expect(first.count == second.count)
    // Swapped, left out, doubled, of another brand, signed by another key, with an old checkpoint: all of the list is among them.
    #expect(cases.count >= 25)
    for (one, (first, second)) in zip(cases, zip(first, second)) {
      #expect(first == one.finding, "\(one.name)")
      #expect(second == one.finding, "\(one.name)")
    }
  }

  private static func first(_ cases: [[UInt8]], _ trust: Trust) async throws -> [String] {
    let half = cases.count / 2
    async let left = run(cases[..<half], trust)
    async let right = run(cases[half...], trust)
    return try await left + right
  }

  @concurrent
  private static func run(_ cases: ArraySlice<[UInt8]>, _ trust: Trust) async throws -> [String] {
    var lines: [String] = []
    for one in cases { lines.append(SecondVerifier.line(try await SampleBundle.report(one, trust))) }
    return lines
  }

  @concurrent
  private static func second(on bundle: [UInt8], changes: [String]) async throws -> [String] {
    let keys = "# who trusts key 2\n\(try KeyHistoryTests.vkey(2))\n"
    return try SecondVerifier.verdicts(on: bundle, keys: keys, changes: changes)
  }
}
