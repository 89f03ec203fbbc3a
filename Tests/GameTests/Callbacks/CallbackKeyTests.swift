import Foundation
import Kernel
import Platform
import Redis
import TestSupport
import Testing

@testable import Game

@Suite("What callbacks are verified with, and what they are looked up in")
struct CallbackKeyTests {
  @Test("during a rotation the key before counts too, and after it no more")
  func rotation() async throws {
    let old = #"{"mg":"\#(ProviderPen.secret)"}"#
    let pen = ProviderPen(provider: "mg")
    let note = ProviderNote(operation: "balance", transaction: "q")
    for (previous, term) in [(old, "RS_OK"), (#"{"mg":"another secret, long enough"}"#, "RS_ERROR_INVALID_SIGNATURE")] {
      let settings = ["GAME_PROVIDER_KEYS": #"{"mg":"a new secret of the tests, long enough"}"#, "GAME_PROVIDER_KEYS_PREV": previous]
      try await GameBench.run(settings: settings) { bench in
        #expect(try await bench.callback(pen, note).member("status") == term)
        // No key, no callback.
        let wc = try await bench.callback(ProviderPen(provider: "wc"), note)
        #expect(wc.status == 401)
      }
    }
  }

  @Test("keys that can't be used, and providers that nobody knows, refuse the start")
  func unusable() {
    let wrong = [#"{"mg":"short"}"#, #"{"wc":"no PEM"}"#, #"{"xx":"a secret of the tests, long enough"}"#, "[]", #"{"mg":1}"#]
    for json in wrong { #expect(throws: StartRefused.self) { try ProviderKeys(active: json, previous: nil) } }
    #expect(throws: StartRefused.self) { try CallbackAllowList(json: #"{"xx":"a"}"#) }
    #expect(throws: StartRefused.self) { try LaunchAddresses(json: #"{"mg":"javascript:alert(1)"}"#) }
  }

  @Test(
    "a new brand's callbacks resolve as soon as the catalogue is forgotten, and after sixty seconds at the latest (S0-GAME-09, S0-GAME-10)")
  func catalogue() async throws {
    try await TestRedis.lease { redis in
      try await GameBench.run { bench in
        let moment = TestClock()
        let catalog = BrandCatalog(database: bench.app, clock: moment.wall)
        let directory = AccountDirectory(database: bench.app, catalog: catalog)
        #expect(try await directory.resolve("third_alice", provider: "mg", CallbackDeadline()) == .nothing(.namespaced))
        try await bench.database.psql(
          """
          INSERT INTO cordon.brand (brand_id, brand_code, name, status, default_currency) VALUES (3, 'third', 'Third', 'enabled', 'EUR');
          BEGIN; SELECT set_config('app.brand_id', '3', true);
          INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (3, 1, 'alice', 'alice', 'none'); COMMIT;
          """)
        #expect(try await directory.resolve("third_alice", provider: "mg", CallbackDeadline()) == .nothing(.namespaced))
        moment.advance(bySeconds: 61)
        guard case .player(let found, .namespaced) = try await directory.resolve("third_alice", provider: "mg", CallbackDeadline()) else {
          Issue.record("not found after a minute")
          return
        }
        #expect(found.brand.id.rawValue == 3)
        // The announcement does it at once.
        try await bench.database.psql(
          """
          INSERT INTO cordon.brand (brand_id, brand_code, name, status, default_currency) VALUES (4, 'fourth', 'Fourth', 'enabled', 'EUR');
          BEGIN; SELECT set_config('app.brand_id', '4', true);
          INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (4, 1, 'alice', 'alice', 'none'); COMMIT;
          """)
        try await withThrowingTaskGroup(of: Void.self) { group in
          let client = RedisClient(try RedisConfiguration(url: redis.url), logger: bench.role.context.logger)
          group.addTask { await client.run() }
          group.addTask { await catalog.follow(client, logger: bench.role.context.logger) }
          try await eventually("the fourth brand", within: .seconds(10), every: .milliseconds(100)) {
            _ = try await client.send(["PUBLISH", "BRAND_CATALOG_CHANGED", "4"])
            if case .player = try await directory.resolve("fourth_alice", provider: "mg", CallbackDeadline()) { return true }
            return false
          }
          group.cancelAll()
        }
      }
    }
  }
}
