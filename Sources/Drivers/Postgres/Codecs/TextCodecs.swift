package import Kernel

/// Sent without a type, so that the server takes it for an enum, an inet or a text as the place demands.
extension String: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  package static var postgresType: PostgresType { .unspecified }
  package static var postgresElementType: PostgresType { .text }
  package static var postgresArrayType: PostgresType { .textArray }
  package var postgresBind: PostgresBind { .text(self) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    if type == .jsonb {
      guard let json = JSONText(postgres: bytes, type: type) else { return nil }
      self = json.text
      return
    }
    guard type.isTextual, let text = bytes.utf8Text else { return nil }
    self = text
  }
}

extension BrandCode: PostgresEncodable, PostgresDecodable {
  package static var postgresType: PostgresType { .unspecified }
  package var postgresBind: PostgresBind { .text(rawValue) }

  package init?(postgres bytes: RawSpan, type: PostgresType) {
    guard let text = String(postgres: bytes, type: type) else { return nil }
    self.init(text)
  }
}
