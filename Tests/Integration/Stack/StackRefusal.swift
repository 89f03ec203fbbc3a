/// A stack refused what a test can't go on without.
struct StackRefusal: Error {
  let summary: String
}
