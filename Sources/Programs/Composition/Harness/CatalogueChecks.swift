internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres
internal import Redis

/// The two brands exist, are two, and every role knows what mode it is in.
struct CatalogueChecks: Sendable {
  let stack: HarnessStack
  let cast: HarnessCast
  let profile: HarnessProfile

  var identities: HarnessCheck {
    HarnessCheck("two brands have two ids and two codes", ["S0-E2E-15"]) { comparison in
      let rows = try await stack.database.withPlatform { transaction in
        try await transaction.query(
          """
          SELECT count(DISTINCT brand_id) AS ids, count(DISTINCT brand_code) AS codes FROM cordon.brand
          WHERE brand_code IN ('default', 'brand2')
          """)
      }
      comparison.expect("ids", try rows[0].get("ids", as: Int64.self), is: 2)
      comparison.expect("codes", try rows[0].get("codes", as: Int64.self), is: 2)
      comparison.expect("both brands have the id \(cast.first.id)", cast.first.id != cast.second.id)
    }
  }

  var hosts: HarnessCheck {
    HarnessCheck("each brand has its own host and currency", ["S0-E2E-02", "S0-E2E-03", "S0-E2E-07", "S0-CFG-10", "S0-SMK-02"]) {
      comparison in
      for brand in cast.brands {
        let key = RedisKeys.domainAgent(brand.host)
        let bound = try await stack.redis.get(key)
        comparison.expect("brand of \(key)", bound.flatMap { JSONMember.number("brand_id", of: $0) }, is: String(brand.id))
        comparison.expect("agent of \(key)", bound.flatMap { JSONMember.number("agent_id", of: $0) }, is: String(SeedBrand.agent))
        let reply = try await stack.visit(brand.host, "GET", "/v1/brand")
        comparison.expect("\(brand.host)", reply.summary, is: "200")
        comparison.expect("brand at \(brand.host)", JSONMember.text("brand_code", of: reply.body), is: brand.code)
        comparison.expect("currency at \(brand.host)", JSONMember.text("currency", of: reply.body), is: brand.currency)
      }
      comparison.expect("both brands have the currency \(cast.first.currency)", cast.first.currency != cast.second.currency)
    }
  }

  var health: HarnessCheck {
    HarnessCheck("every role is healthy and in the same mode", ["S0-SMK-01"]) { comparison in
      for role in RoleFactory.available {
        let health = try await stack.health(role)
        comparison.expect("who answers for \(role.rawValue)", health.role, is: role.rawValue)
        comparison.expect("mode of \(role.rawValue)", health.enforcementMode, is: profile.rawValue)
        let ready = try await stack.client.send("GET", "/ready", at: stack.url(role))
        comparison.expect("readiness of \(role.rawValue)", ready.summary, is: "200")
      }
    }
  }
}
