/// What the audit knows of a table or view.
package struct TableShape: Hashable, Sendable {
  package enum Reach: Hashable, Sendable {
    /// Its rows belong to brands: no statement may touch it without one.
    case brandScoped
    /// It has a column `brand_id` and is yet not brand-scoped; `v_platform_table` says why.
    case platform
    /// It has nothing to do with brands.
    case unrelated
    /// The rows that a trigger's statement wrote: their brand was judged when they were written.
    case written
  }

  package let reach: Reach
  /// nil where they aren't known.
  package let columns: Set<String>?

  package let isView: Bool

  package init(reach: Reach, columns: Set<String>?, isView: Bool = false) {
    self.reach = reach
    self.columns = columns
    self.isView = isView
  }
}
