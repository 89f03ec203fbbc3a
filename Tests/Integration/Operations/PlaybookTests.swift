import Foundation
import Testing

@Suite("The diagnosis playbook")
struct PlaybookTests {
  @Test("S0-SVC-13 has a chapter for every counter that a running role shows, and for none that doesn't exist")
  func everyCounter() async throws {
    let chapters = try Playbook.chapters()
    for (heading, chapter) in chapters {
      for part in ["**Meaning.**", "**Diagnosis.**", "**Mitigation.**"] { #expect(chapter.contains(part), "\(heading) has no \(part)") }
    }
    let families = try await StackMetrics.families()
    // A witness is a program of its own, and is asked only where a policy names one.
    let shown = chapters.keys.filter { !$0.hasPrefix("witness_") && !$0.hasPrefix("evidence_witness_") }
    #expect(Set(shown).subtracting(families.types.keys) == [])
    #expect(families.counters.subtracting(chapters.keys) == [])
  }

  @Test("every alert that waits for more than one event has its threshold in the playbook")
  func thresholds() throws {
    let text = try String(contentsOfFile: Playbook.path, encoding: .utf8)
    for rule in try AlertRule.all() where rule.expression.contains(/> [1-9]/) || rule.expression.contains(/< [1-9]/) {
      #expect(rule.name == "CordonBrandContextMissingObserved" || text.contains("`\(rule.name)`"), "\(rule.name)")
    }
  }
}
