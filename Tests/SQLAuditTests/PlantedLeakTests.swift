import SQLAudit
import Testing

@Suite("Planted leaks")
struct PlantedLeakTests {
  @Test("each planted leak is found, as what it is (S0-CLS-02, S0-CLS-10, S0-CLS-15, S0-HARD-40)", arguments: PlantedLeak.all)
  func found(_ leak: PlantedLeak) {
    let sightings = Bench.sightings(leak.source, at: leak.path)
    #expect(sightings.contains { $0.kind == leak.kind && $0.auditClass == leak.auditClass }, "\(sightings)")
  }

  @Test("there are more than forty of them")
  func enough() { #expect(PlantedLeak.all.count > 40) }
}
