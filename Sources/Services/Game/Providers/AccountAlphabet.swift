/// The characters that a provider takes in an account.
package enum AccountAlphabet: String, Hashable, Sendable {
  case wide = "A-Z a-z 0-9 . _ -"
  case plain = "A-Z a-z 0-9 _"
  case lowercase = "a-z 0-9 _"

  func allows(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): self != .lowercase
    case UInt8(ascii: "."), UInt8(ascii: "-"): self == .wide
    default: false
    }
  }
}
