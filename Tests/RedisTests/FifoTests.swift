import Testing

@testable import Redis

@Suite("First in, first out")
struct FifoTests {
  @Test("The order holds over many rounds of filling and draining, also past the point where the list is compacted")
  func order() {
    var list = Fifo<Int>()
    var (written, read) = (0, 0)
    for round in 1...200 {
      for _ in 0..<(round * 13 % 97) {
        list.append(written)
        written += 1
      }
      for _ in 0..<(round * 7 % 89) where !list.isEmpty {
        #expect(list.first == read)
        #expect(list.popFirst() == read)
        read += 1
      }
    }
    #expect(read > 2048)
    #expect(list.all == Array(read..<written))
    list.removeAll { $0.isMultiple(of: 2) }
    #expect(list.all == (read..<written).filter { !$0.isMultiple(of: 2) })
    #expect(list.takeAll().count == (read..<written).count { !$0.isMultiple(of: 2) })
    #expect(list.popFirst() == nil)
  }
}
