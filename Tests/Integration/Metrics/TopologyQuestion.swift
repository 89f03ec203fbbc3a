/// A topology that a background role asks about.
struct TopologyQuestion: Encodable, Sendable {
  struct Document: Encodable, Sendable {
    let buckets = [Bucket()]
    let betOrder = ["cash"]
    let depositBucket = "cash"
    let winBucket = "cash"

    enum CodingKeys: String, CodingKey {
      case buckets
      case betOrder = "bet_order"
      case depositBucket = "deposit_bucket"
      case winBucket = "win_bucket"
    }
  }

  struct Bucket: Encodable, Sendable {
    let name = "cash"
    let withdrawable = true
  }

  let document = Document()
}
