/// A request that no provider would send, or that somebody else sends in its name.
struct HostileCallback: Sendable {
  let path: String
  let body: [UInt8]
  let headers: [String: String]
  let isSigned: Bool
}
