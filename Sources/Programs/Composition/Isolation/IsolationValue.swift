internal import Platform

/// What stands in one place of a request.
enum IsolationValue: Sendable {
  /// The asking brand's own; the place is probed with the other brand's.
  case thing(IsolationThing)
  /// As ``thing(_:)``, but left out unless this place is the one that is probed: filters and cursors.
  case filter(IsolationThing)
  /// Left out unless it is probed, and without any effect then: what only counts when it comes from inside.
  case ignored(IsolationThing)
  /// The asking brand's own; names nothing by which somebody could reach another's.
  case own(IsolationThing)
  case plain(JSONValue)
  /// Named like an identifier and no brand's own; says why.
  case shared(JSONValue, String)
}
