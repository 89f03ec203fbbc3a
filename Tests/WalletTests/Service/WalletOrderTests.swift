import Foundation
import Kernel
import TestSupport
import Testing

@testable import Wallet

@Suite("Order of a player's commands when the database fails")
struct WalletOrderTests {
  /// Refuses the batch of four as a whole, and ends the session that writes a smaller one with `doomed` in it: a server that goes away
  /// between the halves of a split batch.
  private static let plantedFault = """
    CREATE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF (SELECT count(*) FROM entered) >= 4 THEN RAISE EXCEPTION 'planted fault'; END IF;
      IF EXISTS (SELECT FROM entered WHERE request_id LIKE '%doomed%') THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER planted AFTER INSERT ON wallet.wallet_command REFERENCING NEW TABLE AS entered
      FOR EACH STATEMENT EXECUTE FUNCTION public.planted();
    """

  @Test("where the first half of a split batch is lost with the connection, its player's commands of the second half don't take effect")
  func lostHalf() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(1_000)
      try await bench.deposit(1_000, player: 2)
      try await bench.database.psql(Self.plantedFault)
      let outcomes = try await bench.statuses(of: [
        ("doomed", 1, .deposit(amount: 5)), ("second", 1, .deposit(amount: 7)), ("third", 1, .deposit(amount: 11)),
        ("other", 2, .deposit(amount: 13)),
      ])
      #expect(outcomes == [nil, nil, nil, 201])
      #expect(try await bench.balance() == 1_000)
      #expect(try await bench.balance(player: 2) == 1_013)
      // Asked again, they take effect, in their order.
      try await bench.database.psql("DROP TRIGGER planted ON wallet.wallet_command")
      let again = try await bench.statuses(of: [
        ("doomed", 1, .deposit(amount: 5)), ("second", 1, .deposit(amount: 7)), ("third", 1, .deposit(amount: 11)),
      ])
      #expect(again == [201, 201, 201])
      #expect(try await bench.balance() == 1_023)
      try await bench.expectBalancedBooks()
    }
  }

  @Test("a command that is refused for what it is doesn't hold up those after it")
  func ownFault() async throws {
    try await WalletBench.run { bench in
      try await bench.deposit(1_000)
      try await bench.database.psql(
        """
        CREATE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.request_id LIKE '%doomed%' THEN RAISE EXCEPTION 'planted fault'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER planted BEFORE INSERT ON wallet.wallet_command FOR EACH ROW EXECUTE FUNCTION public.planted();
        """)
      let outcomes = try await bench.statuses(of: [
        ("doomed", 1, .deposit(amount: 5)), ("second", 1, .deposit(amount: 7)), ("third", 1, .deposit(amount: 11)),
      ])
      #expect(outcomes == [nil, 201, 201])
      #expect(try await bench.balance() == 1_018)
    }
  }

  @Test("what waits behind a lost batch of the same player is refused with it; another player's goes on")
  func lostBatch() async throws {
    try await WalletBench.run { bench in
      try await bench.database.psql(Self.plantedFault)
      let count = Limits.walletBatchCommandsMax
      // One request: the first of it fills a batch, whose every part is lost; the rest waits.
      let asks = (0..<count + 3).map { number in ("doomed-\(number)", Int64(1), WalletAction.deposit(amount: 1)) }
      let outcomes = try await bench.statuses(of: asks + [("other", 2, .deposit(amount: 13))])
      #expect(outcomes.dropLast().allSatisfy { $0 == nil })
      #expect(outcomes.last == 201)
      #expect(try await bench.balance() == 0)
      #expect(try await bench.balance(player: 2) == 13)
    }
  }
}
