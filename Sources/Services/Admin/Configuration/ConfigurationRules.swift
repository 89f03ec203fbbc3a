internal import Contracts
internal import Kernel
internal import Platform

/// Which keys and values configuration takes. Pure.
enum ConfigurationRules {
  static let keySchema = JSONSchema.string(length: 1...128, pattern: .word, example: "cashback_rate")
  private static let numberDigitsMax = 30
  private static let channelsMax = 64
  private static let fractionDigitsMax = 6

  /// The same form as the CHECK of `cordon.config_key`.
  static func isKey(_ key: String) -> Bool {
    guard let first = key.utf8.first, (0x61...0x7A).contains(first), key.utf8.count <= 128 else { return false }
    return key.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2E }
  }

  /// - Parameter pointer: where in the request the value stands.
  /// - Throws: `invalid_field`.
  static func accept(_ key: String, _ value: JSONValue, at pointer: String = "/value") throws(Problem) {
    guard isKey(key) else {
      throw Problem(.invalidField, faults: [.init(pointer: "/key", detail: "must be lower-case letters, digits, _ and ., a letter first")])
    }
    if let fault = fault(of: key, value) { throw Problem(.invalidField, faults: [.init(pointer: pointer, detail: fault)]) }
  }

  /// What is wrong with the value, or nil. Keys that the platform reads have their own rule; the others hold any storable document.
  static func fault(of key: String, _ value: JSONValue) -> String? {
    if let fault = storageFault(value) { return fault }
    switch key {
    case "cashback_rate", "rebate_rate", "lossback_rate":
      return isDecimal(value, atMost: 1) ? nil : "must be a decimal fraction from 0 to 1 with at most \(fractionDigitsMax) places"
    case "rolling_completion_ratio":
      return isDecimal(value, atMost: 1000) ? nil : "must be a number from 0 to 1000 with at most \(fractionDigitsMax) places"
    case "payment_channels":
      return areChannels(value) ? nil : "must be a list of at most \(channelsMax) different channel names"
    default: return nil
    }
  }

  /// What PostgreSQL's jsonb can't hold, or holds at the price of megabytes for one number.
  private static func storageFault(_ value: JSONValue) -> String? {
    switch value {
    case .null, .boolean: return nil
    case .number(let literal): return isBounded(literal) ? nil : "has a number of more than \(numberDigitsMax) digits, or with an exponent"
    case .string(let text): return text.unicodeScalars.contains("\u{0}") ? "must not contain U+0000" : nil
    case .array(let items): return items.lazy.compactMap { storageFault($0) }.first
    case .object(let members):
      return members.lazy.compactMap { storageFault(.string($0.name)) ?? storageFault($0.value) }.first
    }
  }

  private static func isBounded(_ literal: String) -> Bool {
    literal.utf8.count <= numberDigitsMax && !literal.contains("e") && !literal.contains("E")
  }

  /// Compares by digits, so that no rounding lets a value slip past its bound.
  private static func isDecimal(_ value: JSONValue, atMost limit: Int64) -> Bool {
    guard case .number(let literal) = value else { return false }
    let parts = literal.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = Decimal64.parse(parts[0]), parts.count <= 2 else { return false }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.utf8.count <= fractionDigitsMax else { return false }
    return whole < limit || (whole == limit && fraction.allSatisfy { $0 == "0" })
  }

  private static func areChannels(_ value: JSONValue) -> Bool {
    guard case .array(let items) = value, items.count <= channelsMax else { return false }
    var names: Set<String> = []
    return items.allSatisfy { item in
      guard case .string(let name) = item, (1...64).contains(name.utf8.count), TextPattern.word.matches(name) else { return false }
      return names.insert(name).inserted
    }
  }
}
