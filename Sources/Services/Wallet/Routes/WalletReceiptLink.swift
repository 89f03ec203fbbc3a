internal import Kernel

/// Where the receipts of a command are read, as its answer says in `Link` (RFC 8288).
package struct WalletReceiptLink: Sendable {
  /// An extension relation: no registered one means this.
  private static let relation = "urn:cordon:receipts"

  private let target: String

  static func role(_ key: IdempotencyKey) -> WalletReceiptLink {
    WalletReceiptLink(target: WalletLogRoutes.receiptsPath + "?request_id=" + encoded(WalletKeys.role(key)))
  }

  static func player(_ key: IdempotencyKey) -> WalletReceiptLink {
    WalletReceiptLink(target: WalletPlayerRoutes.receiptsPath + "?idempotency_key=" + encoded(key.rawValue))
  }

  var header: String { "<\(target)>; rel=\"\(Self.relation)\"" }

  /// RFC 3986's.
  private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

  private static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if unreserved.contains(byte) {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes += Hexadecimal.encode([byte]).uppercased().utf8
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
