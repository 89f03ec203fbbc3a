/// Where a witness may die while it cosigns.
package enum WitnessStep: CaseIterable, Sendable {
  /// It may cosign, and nothing has happened.
  case judged
  /// It stands in the folder, and nobody has been told.
  case kept
}
