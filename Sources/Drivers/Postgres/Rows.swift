/// The answer to one statement, in the server's order.
package struct Rows: RandomAccessCollection, Sendable {
  let storage: ResultStorage

  package var startIndex: Int { 0 }
  package var endIndex: Int { storage.rowCount }

  /// How many rows the statement inserted, changed, removed or returned.
  package var affected: Int { storage.affected }

  package subscript(position: Int) -> Row {
    precondition(position >= 0 && position < storage.rowCount, "row \(position) of \(storage.rowCount)")
    return Row(storage: storage, index: Int32(clamping: position))
  }
}
