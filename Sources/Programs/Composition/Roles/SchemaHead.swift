/// The schema version that this program was built for: the number of the last file in `db/migrations`, which a test compares.
package enum SchemaHead {
  package static let expected: Int64 = 24
}
