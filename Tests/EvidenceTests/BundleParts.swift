/// A bundle taken apart into its sections, to put it together wrongly.
struct BundleParts {
  typealias Section = (kind: UInt8, bytes: [UInt8])

  private let magic: [UInt8]
  private let sections: [Section]

  init(_ bytes: [UInt8]) {
    magic = Array(bytes.prefix(16))
    var sections: [Section] = []
    var place = 16
    while place < bytes.count {
      let length = bytes[place + 1..<place + 5].reduce(0) { $0 << 8 | Int($1) }
      sections.append((bytes[place], Array(bytes[place..<place + 5 + length])))
      place += 5 + length
    }
    self.sections = sections
  }

  func changed(_ change: (inout [Section]) -> Void) -> [UInt8] {
    var sections = sections
    change(&sections)
    return magic + sections.flatMap(\.bytes)
  }

  /// Where the entries of a log stand among the sections.
  func entries(of log: Int) -> [Int] {
    var number = -1
    return sections.indices.filter { index in
      if sections[index].kind == UInt8(ascii: "L") { number += 1 }
      return number == log && sections[index].kind == UInt8(ascii: "E")
    }
  }
}
