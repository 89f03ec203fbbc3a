internal import Kernel

/// The release gate: what must hold before a second brand goes live, each item with its evidence (S0-GATE, `docs/operating/gate.md`).
package enum ReleaseGate {
  /// Looks at every item, also behind one that fails.
  ///
  /// - Parameter beforeFlip: leaves out what the flip itself brings about.
  package static func run(_ scene: GateScene, beforeFlip: Bool = false) async -> [GateResult] {
    var results: [GateResult] = []
    for item in items where !(beforeFlip && item.followsFlip) { results.append(await judge(item, scene)) }
    return results
  }

  /// The names of the records that people sign, each with what it is evidence of.
  package static var recordNames: [(name: String, meaning: String)] {
    items.flatMap { $0.checks }.compactMap { $0 as? RecordCheck }.map { ($0.name, $0.meaning) }
  }

  private static func judge(_ item: GateItem, _ scene: GateScene) async -> GateResult {
    var (evidence, faults): ([String], [String]) = ([], [])
    for check in item.checks {
      do {
        let finding = try await check.look(at: scene)
        evidence += finding.evidence
        faults += finding.faults
      } catch {
        // What can't be looked at is not met: the gate fails closed.
        faults.append("can't be judged: \(error)")
      }
    }
    return GateResult(id: item.id, title: item.title, evidence: evidence, faults: faults)
  }

  static let items: [GateItem] =
    [
      GateItem(
        id: "S0-GATE-01", title: "Contracts, migrations and backfill are there and pass",
        checks: [SchemaHeadCheck(), BackfillCheck(), RecordCheck("ci", "the required checks of continuous integration", ofThisBuild: true)]),
      GateItem(id: "S0-GATE-02", title: "No row lacks its brand", checks: [BackfillCheck()]),
      GateItem(id: "S0-GATE-03", title: "Every service enforces", followsFlip: true, checks: [EnforcementCheck()]),
      GateItem(
        id: "S0-GATE-04", title: "No callback came in a form without a brand",
        checks: [
          QuietCheck(
            .gameService,
            ["raw_account_in_enforce", "raw_guid_in_enforce"].map {
              QuietCounter("game_callback_brand_unresolved_total", ["reason": $0])
            })
        ]),
      GateItem(id: "S0-GATE-05", title: "The soak lasted two lives of an access token", checks: [SoakCheck()]),
      GateItem(id: "S0-GATE-06", title: "No active session lacks its brand", checks: [SessionCheck()]),
      GateItem(
        id: "S0-GATE-07", title: "No wallet path changes another brand's row",
        checks: [
          CatalogueCheck(), InvariantCheck(),
          QuietCheck(.walletService, [QuietCounter("wallet_cross_brand_rejected_total", ["mode": "observe"])]),
        ]),
      GateItem(id: "S0-GATE-08", title: "Each brand has its own topology and policy", checks: [ActiveDocumentCheck()]),
      GateItem(id: "S0-GATE-09", title: "Ratios, rates and channels come from brand_config or its defaults", checks: [DefaultsCheck()]),
      GateItem(
        id: "S0-GATE-10", title: "Every provider's callbacks lead to a brand",
        checks: [
          QuietCheck(.gameService, [QuietCounter("game_callback_brand_unresolved_total")]),
          GaugeCheck(.gameService, "game_callback_dead_letter_pending", mustBeShown: false, "none", isRight: { $0 == 0 }),
        ]),
      GateItem(id: "S0-GATE-11", title: "No brand-scoped query lacks its brand", checks: [SourceCheck(), CatalogueCheck()]),
      GateItem(id: "S0-GATE-12", title: "Removed back-office paths answer 404", checks: [RemovedPathCheck()]),
      GateItem(
        id: "S0-GATE-13", title: "Resolution alerts and the outbox alert are wired",
        checks: [
          AlertCheck([
            "brand_resolution_failed_total", "wallet_cross_brand_rejected_total", "game_callback_brand_unresolved_total",
            "wallet_outbox_oldest_unpublished_seconds",
          ])
        ]),
      GateItem(id: "S0-GATE-14", title: "Logs and metrics carry the brand", checks: [BrandLabelCheck(), BrandLogCheck()]),
      GateItem(
        id: "S0-GATE-15", title: "The two-brand flows pass, here and on staging",
        checks: [
          RecordCheck("two-brand", "cordon verify two-brand --json", ofThisBuild: true, readAs: .harness),
          RecordCheck("two-brand-staging", "the same on staging", ofThisBuild: true, readAs: .harness),
        ]),
      GateItem(id: "S0-GATE-16", title: "The integer that stood for a brand before is unused", checks: [ProjectColumnCheck()]),
      GateItem(id: "S0-GATE-17", title: "No key is the platform's and the brands'", checks: [DoubleKeyCheck()]),
      GateItem(
        id: "S0-GATE-18", title: "The external penetration test is done and its findings are closed",
        checks: [RecordCheck("penetration-test", "the report with the retest of every finding")]),
      GateItem(id: "S0-GATE-19", title: "Preconditions", checks: preconditions),
      GateItem(
        id: "S0-GATE-20", title: "Unsigned writes are refused, and nobody sends any",
        checks: [
          QuietCheck(.walletService, [QuietCounter("wallet_brand_signature_missing_total")]),
          GaugeCheck(.walletService, "wallet_brand_signature_required", mustBeShown: true, "on", isRight: { $0 == 1 }),
        ]),
    ]

  private static let preconditions: [any GateCheck] =
    [
      RecordCheck("adr", "the decision record, accepted"), RecordCheck("specification", "the specification, approved"),
      RecordCheck("plan", "the plan's definition of done, met"), RecordCheck("migrations", "the review of the migrations"),
    ]
    + ProviderSignOff.names.map { RecordCheck("provider-\($0)", "the sign-off of \($0)'s operations") }
    + [
      GaugeCheck(
        .walletWorker, "wallet_outbox_oldest_unpublished_seconds", mustBeShown: true, "at most 60 s", isRight: { $0 <= 60 }),
      GaugeCheck(.walletWorker, "wallet_invariant_check_age_seconds", mustBeShown: true, "at most 900 s", isRight: { $0 <= 900 }),
      AlertCheck(
        QuietCounter.all.map(\.metric) + ["security_downgrade_total", "multi_brand_enforcement_mode", "wallet_write_failed_total"]),
    ]
}
