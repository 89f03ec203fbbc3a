/// What a provider may say of a payment, and what it doesn't.
enum PlisioStatusName {
  private static let all = ["completed", "completed", "mismatch", "new", "pending", "expired", "error", "cancelled", "COMPLETED", ""]

  static func any(using generator: inout SeededGenerator) -> String { all[Int.random(in: 0..<all.count, using: &generator)] }
}
