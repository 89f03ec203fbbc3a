/// A callback as it goes out.
struct SimulatorRequest: Sendable {
  let url: String
  let header: String
  let signature: String
  let contentType: String
  let body: [UInt8]
}
