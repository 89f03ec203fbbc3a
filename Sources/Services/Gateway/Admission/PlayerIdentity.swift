internal import Kernel

/// Who a verified token of the host's brand with a living session speaks for.
struct PlayerIdentity: Hashable, Sendable {
  let player: PlayerID
  let session: String
}
