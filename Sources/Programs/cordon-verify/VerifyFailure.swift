/// Why nothing was judged.
struct VerifyFailure: Error {
  let status: VerifyStatus
  let message: String

  init(_ status: VerifyStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}
