/// What an expression says of a brand.
enum BrandTerm: Hashable {
  /// One value from outside of the query: a bind, a constant, a variable, the transaction's brand, a row of an outer query.
  case given
  /// The brand of a relation of the query, by its index.
  case relation(Int)
}
