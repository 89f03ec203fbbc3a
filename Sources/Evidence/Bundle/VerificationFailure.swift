/// Why a verification stopped: something was found, or the file can't be read.
enum VerificationFailure: Error {
  case found(Finding)
  case unreadable(ByteSourceFault)
}
