/// Something in the live catalogue that lets one brand reach another, or would let it as soon as a query forgets its brand.
package struct CatalogueFinding: Hashable, Sendable, CustomStringConvertible {
  package let rule: CatalogueRule
  /// The table, view, function, key or role.
  package let object: String
  package let detail: String

  package var description: String { "\(object): \(rule.meaning)" + (detail.isEmpty ? "" : " (\(detail))") }
}
