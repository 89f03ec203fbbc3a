/// Something that a test waited for didn't happen.
package struct NotInTime: Error, CustomStringConvertible {
  let what: String
  let limit: Duration

  package var description: String { "not within \(limit): \(what)" }
}
