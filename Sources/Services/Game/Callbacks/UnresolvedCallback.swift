/// A callback that is put by, because its account is nobody's.
struct UnresolvedCallback: Sendable {
  let arrival: CallbackArrival
  let account: String
  let reason: String
}
