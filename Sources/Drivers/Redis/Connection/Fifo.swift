/// A first-in-first-out list whose both ends cost constant time.
struct Fifo<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }
  var first: Element? { isEmpty ? nil : elements[head] }
  /// The elements, oldest first.
  var all: [Element] { elements[head...].compactMap { $0 } }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1024, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }

  /// Empties the list.
  mutating func takeAll() -> [Element] {
    defer { self = Fifo() }
    return all
  }

  mutating func removeAll(where condition: (Element) -> Bool) {
    elements = all.filter { !condition($0) }
    head = 0
  }
}
