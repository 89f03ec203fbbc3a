/// The FROM clause of one query, and how its relations are tied to brands.
struct QueryLevel {
  var relations: [ScopeRelation] = []
  var links: Set<BrandLink> = []
  /// Relations whose `brand_id` a `USING (brand_id)` merged: an unqualified one means the first of them.
  var merged: [Int] = []

  /// The relations whose brand is given, directly or through others.
  var held: Set<Int> {
    var held: Set<Int> = []
    while true {
      let next = links.filter { link in
        guard !held.contains(link.target) else { return false }
        if case .relation(let source) = link.source { return held.contains(source) }
        return true
      }
      if next.isEmpty { return held }
      held.formUnion(next.map(\.target))
    }
  }

  func index(of alias: String) -> Int? { relations.firstIndex { $0.alias == alias } }
}
