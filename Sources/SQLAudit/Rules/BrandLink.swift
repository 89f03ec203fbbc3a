/// `target` has the brand that `source` has, in every row that the query yields.
struct BrandLink: Hashable {
  let target: Int
  let source: BrandTerm
}
