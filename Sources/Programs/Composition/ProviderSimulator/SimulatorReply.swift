/// An answer as it came.
struct SimulatorReply: Hashable, Sendable {
  let status: Int
  let body: [UInt8]
}
