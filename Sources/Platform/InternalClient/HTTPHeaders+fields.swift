internal import HTTPTypes
internal import NIOHTTP1

extension HTTPHeaders {
  /// The headers as HTTP types hold them; names that aren't tokens are left out.
  var fields: HTTPFields {
    var fields = HTTPFields()
    for (name, value) in self {
      guard let name = HTTPField.Name(name) else { continue }
      fields.append(HTTPField(name: name, value: value))
    }
    return fields
  }
}
