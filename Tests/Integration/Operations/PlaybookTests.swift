import Composition
import Foundation
import Kernel
import Testing

@Suite("The diagnosis playbook")
struct PlaybookTests {
  @Test("S0-SVC-13 has a chapter for every counter that a running role shows, and for none that doesn't exist")
  func everyCounter() async throws {
    let path = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/docs/operating/diagnosis-playbook.md"
    let chapters = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n## ").dropFirst()
    let headings = Set(chapters.map { String($0.prefix { $0 != "\n" }).trimmingCharacters(in: ["`"]) })
    for chapter in chapters {
      for part in ["**Meaning.**", "**Diagnosis.**", "**Mitigation.**"] {
        #expect(chapter.contains(part), "\(chapter.prefix { $0 != "\n" }) has no \(part)")
      }
    }
    try await RunningStack.run { stack in
      var counters: Set<String> = []
      for role in RunningStack.roles {
        let metrics = try await stack.client.send("GET", "/metrics", at: stack.url(role)).text
        counters.formUnion(metrics.matches(of: /# TYPE (\w+) counter/).map { String($0.output.1) })
      }
      // Of the process, as Prometheus' own client libraries name it; a rate, not a count of events.
      counters.remove("process_cpu_seconds_total")
      #expect(headings.subtracting(counters) == [])
      #expect(counters.subtracting(headings) == [])
    }
  }
}
