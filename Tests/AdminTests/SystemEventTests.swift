import Audit
import HTTPTypes
import Kernel
import Platform
import Postgres
import TestSupport
import Testing

@Suite("The list of system events")
struct SystemEventTests {
  private static func write(_ bench: AdminBench, _ ids: ClosedRange<Int>, brand: Int64?) async throws {
    for id in ids {
      let event = SystemEvent(.export, requestID: "r-\(brand ?? 0)-\(id)", service: "test", at: WallClock.system.now())
      guard let brand = brand.flatMap({ BrandID($0) }) else {
        try await bench.app.withPlatform { try await SystemEvents.append([event], brand: nil, in: $0) }
        continue
      }
      try await bench.app.withBrand(brand) { try await SystemEvents.append([event], in: $0) }
    }
  }

  private static func ids(_ call: AdminCall) -> [String] { call.rows.compactMap { $0["request_id"] as? String } }

  @Test("S4-INC-14 a brand's operators see its own events and never another's; the platform's list is for super-admins; nothing is cached")
  func scopes() async throws {
    try await AdminBench.run { bench in
      try await Self.write(bench, 1...1, brand: 1)
      try await Self.write(bench, 1...2, brand: 2)
      try await Self.write(bench, 1...1, brand: nil)
      let own = try await bench.get("/v1/admin/system-events", as: .one)
      #expect(Self.ids(own) == ["r-1-1"] && own.headers["cache-control"] == "no-store")
      #expect(Self.ids(try await bench.get("/v1/admin/system-events", as: .two, brand: "2")) == ["r-2-2", "r-2-1"])
      #expect(Self.ids(try await bench.get("/v1/admin/system-events?request_id=r-2-1", as: .one)) == [])
      #expect(try await bench.get("/v1/admin/system-events", as: .one, brand: "2").reason == "forbidden")
      #expect(try await bench.get("/v1/admin/system-events", as: .one, brand: nil).reason == "brand_required")
      #expect(try await bench.get("/v1/admin/platform-system-events", as: .both, brand: nil).reason == "super_admin_required")
      #expect(
        Self.ids(try await bench.get("/v1/admin/platform-system-events", as: .root, brand: nil)) == ["r-0-1", "r-2-2", "r-2-1", "r-1-1"])
    }
  }

  @Test("pages follow one another, newest first, also while events come; a cursor is good for its own list, brand and filter")
  func pages() async throws {
    try await AdminBench.run { bench in
      try await Self.write(bench, 1...5, brand: 1)
      let first = try await bench.get("/v1/admin/system-events?limit=2&kind=export")
      #expect(Self.ids(first) == ["r-1-5", "r-1-4"])
      let cursor = try #require(first.nextCursor)
      try await Self.write(bench, 6...6, brand: 1)
      let second = try await bench.get("/v1/admin/system-events?limit=2&kind=export&cursor=\(cursor)")
      #expect(Self.ids(second) == ["r-1-3", "r-1-2"])
      for (path, brand) in [
        ("system-events?kind=export&cursor=\(cursor)", "2"), ("system-events?cursor=\(cursor)", "1"), ("audit?cursor=\(cursor)", "1"),
        ("platform-system-events?kind=export&cursor=\(cursor)", "1"), ("system-events?kind=nothing", "1"),
      ] {
        let call = try await bench.get("/v1/admin/\(path)", as: .root, brand: brand)
        #expect(call.status == 400 && call.reason == "invalid_field", "\(path): \(call.text)")
      }
    }
  }

  @Test("S4-INT-07 no route and no method changes or takes away what is in it")
  func nothingDeletes() async throws {
    try await AdminBench.run { bench in
      for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in ["/v1/admin/system-events", "/v1/admin/platform-system-events", "/v1/admin/audit"] {
          let call = try await bench.send(method, path, as: .root, body: "{}")
          #expect(call.status == 405, "\(method) \(path)")
        }
        let call = try await bench.send(method, "/v1/admin/system-events/1", as: .root, body: "{}")
        #expect(call.status == 404)
      }
      #expect(!bench.endpoints.contains { $0.method != .get && ($0.path.contains("event") || $0.path.contains("audit")) })
    }
  }
}
