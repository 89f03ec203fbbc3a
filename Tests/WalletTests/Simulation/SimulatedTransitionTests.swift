import TestSupport
import Testing

@testable import Wallet

// brand-global: test: a copy of one table for a single session
@Suite("The simulated tables have the database's rules")
struct SimulatedTransitionTests {
  @Test("each kind of transaction begins and goes on as the database's trigger lets it")
  func transitions() async throws {
    let kinds = Self.list(WalletTransaction.Kind.allCases.map(\.rawValue))
    let states = Self.list(WalletTransaction.State.allCases.map(\.rawValue))
    try await TestDatabase.lease { database in
      let answer = try await database.psql(
        """
        \(Self.probe)
        SELECT k || '|' || s FROM unnest(\(kinds)) AS k, unnest(\(states)) AS s WHERE pg_temp.begins(k, s);
        SELECT k || '|' || s || '|' || n FROM unnest(\(kinds)) AS k, unnest(\(states)) AS s, unnest(\(states)) AS n
        WHERE pg_temp.follows(k, s, n);
        """)
      let lines = Set(answer.split(separator: "\n").map(String.init).filter { $0.contains("|") })
      #expect(lines == SimulatedTransitions.lines)
      #expect(lines.count > 20)
    }
  }

  private static func list(_ names: [String]) -> String {
    "ARRAY[" + names.map { "'\($0)'" }.joined(separator: ",") + "]::text[]"
  }

  /// The trigger alone, on a table without keys.
  private static let probe = """
    SET search_path TO wallet, cordon, public;
    CREATE TEMP TABLE probe (LIKE wallet.wallet_transaction INCLUDING DEFAULTS);
    CREATE TRIGGER probed BEFORE INSERT OR UPDATE ON probe FOR EACH ROW EXECUTE FUNCTION wallet.wallet_transaction_transition();
    CREATE FUNCTION pg_temp.enter(k text, s text) RETURNS void LANGUAGE sql AS $$
      INSERT INTO pg_temp.probe (brand_id, transaction_id, kind, state, player_id, currency, amount, request_id)
      VALUES (1, gen_random_uuid(), k, s, 1, 'EUR', 5, 'r');
    $$;
    CREATE FUNCTION pg_temp.begins(k text, s text) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_temp.enter(k, s);
      RETURN true;
    EXCEPTION WHEN SQLSTATE 'CB003' THEN RETURN false;
    END $$;
    CREATE FUNCTION pg_temp.follows(k text, s text, n text) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM pg_temp.probe;
      SET session_replication_role = replica;
      PERFORM pg_temp.enter(k, s);
      SET session_replication_role = origin;
      UPDATE pg_temp.probe SET state = n;
      RETURN true;
    EXCEPTION WHEN SQLSTATE 'CB003' THEN
      SET session_replication_role = origin;
      RETURN false;
    END $$;
    """
}
