/// A table that belongs to brands, as the live catalog describes it.
struct BrandTable: Hashable, Sendable {
  /// `schema.table`.
  let name: String
  /// Whether a row may be without a brand.
  let isBrandOptional: Bool
  /// Whether `brand_id` is the first column of the primary key.
  let isBrandFirstInKey: Bool
  /// Whether row-level security is on and binds the owner too.
  let isForced: Bool
}
