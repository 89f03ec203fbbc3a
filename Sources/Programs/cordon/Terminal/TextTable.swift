/// Columns of text, aligned with spaces, for people; programs use `--json`.
struct TextTable {
  private let header: [String]
  private var rows: [[String]] = []

  init(_ header: String...) { self.header = header }

  mutating func add(_ cells: String...) { rows.append(cells.map(Self.printable)) }

  /// What others wrote must neither steer the terminal nor look like a line of ours.
  private static func printable(_ cell: String) -> String {
    guard cell.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return cell }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: cell.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 })
    return String(text)
  }

  var text: String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let padded = line.enumerated().map { column, cell in
        // The last column is left as it is: no line ends in spaces.
        column == line.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      return padded.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
