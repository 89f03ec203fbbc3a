package import Kernel
internal import Platform

/// One operation as a role's OpenAPI document describes it.
package struct DescribedOperation: Hashable, Sendable {
  package let role: ServiceRole
  package let id: String
  package let method: String
  package let path: String
  /// The places in which it can name something.
  package let places: Set<IsolationPlace>

  /// Every operation of a document; nil where it is none.
  package static func all(of role: ServiceRole, in document: [UInt8]) -> [DescribedOperation]? {
    guard let json = try? JSONDocument.parse(document), case .object(let paths)? = json["paths"] else { return nil }
    let schemas = json["components"]?["schemas"]
    var found: [DescribedOperation] = []
    for path in paths {
      guard case .object(let operations) = path.value else { return nil }
      for operation in operations {
        guard let id = operation.value["operationId"]?.text else { return nil }
        found.append(
          DescribedOperation(
            role: role, id: id, method: operation.name.uppercased(), path: path.name,
            places: Set(parameters(of: operation.value) + members(of: operation.value, schemas)).filter(IdentifierNames.isIdentifier)))
      }
    }
    return found
  }

  private static func parameters(of operation: JSONValue) -> [IsolationPlace] {
    guard case .array(let parameters)? = operation["parameters"] else { return [] }
    return parameters.compactMap { parameter in
      guard let name = parameter["name"]?.text, let part = parameter["in"]?.text.flatMap({ IsolationPlace.Part(rawValue: $0) }) else {
        return nil
      }
      return IsolationPlace(part, name)
    }
  }

  /// The members of the body, those of lists among them.
  private static func members(of operation: JSONValue, _ schemas: JSONValue?) -> [IsolationPlace] {
    guard let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"] else { return [] }
    guard case .object(let members)? = resolved(schema, schemas)["properties"] else { return [] }
    return members.map { IsolationPlace(.body, $0.name) }
  }

  private static func resolved(_ schema: JSONValue, _ schemas: JSONValue?) -> JSONValue {
    guard let name = schema["$ref"]?.text?.split(separator: "/").last else { return schema }
    return schemas?[String(name)] ?? schema
  }
}
