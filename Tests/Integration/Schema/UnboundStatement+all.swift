// brand-global: test: how statements of the stores begin, which lose their brand on purpose
extension UnboundStatement {
  /// Statements of every store that reads or changes rows of players, money, games and configuration; their values find ``TwoBrandRows``.
  static let all: [UnboundStatement] = players + sessions + configuration + games + wallet + documents + checks + events

  private static let id = "'\(TwoBrandRows.transaction)'"

  private static let players = [
    UnboundStatement(
      "Services/Player/Accounts/PlayerStore.swift", "SELECT player_id, account, status, created_at, contact_ciphertext",
      on: "cordon.player", ["player": "7"]),
    UnboundStatement(
      "Services/Player/Accounts/PlayerStore.swift", "SELECT player_id, password_hash, status", on: "cordon.player",
      ["account.key": "'alice'"]),
    UnboundStatement(
      "Services/Player/Accounts/PlayerStore.swift", "UPDATE cordon.player SET password_hash", on: "cordon.player",
      ["new": "'y'", "now": "now()", "player": "7", "old": "'x'"]),
    UnboundStatement(
      "Services/Admin/Logs/LogStore.swift", "SELECT login_id, player_id, account_key", on: "cordon.player_login",
      ["player": "NULL", "before": "NULL", "Int64(limit)": "100"]),
  ]

  private static let sessions = [
    UnboundStatement(
      "Services/Player/Sessions/SessionStore.swift", "SELECT s.session_id, s.player_id, t.generation", on: "cordon.player_refresh_token",
      ["hash": "sha256('token')"]),
    UnboundStatement(
      "Services/Player/Sessions/SessionStore.swift", "UPDATE cordon.player_refresh_token SET used_at", on: "cordon.player_refresh_token",
      ["hash": "sha256('token')", "new.now": "now()"]),
    UnboundStatement(
      "Services/Player/Sessions/SessionStore.swift", "UPDATE cordon.player_session SET expires_at", on: "cordon.player_session",
      ["new.expiresAt": "now() + interval '1 day'", "old.session": id]),
    UnboundStatement(
      "Services/Player/Sessions/SessionStore.swift", "UPDATE cordon.player_session SET revoked_at = coalesce", on: "cordon.player_session",
      ["now": "now()", "reason": "'logout'", "session": id, "player": "7"]),
  ]

  private static let configuration = [
    UnboundStatement(
      "Services/Admin/Configuration/ConfigurationStore.swift", "SELECT value FROM cordon.brand_config", on: "cordon.brand_config",
      ["key": "'cashback_rate'"]),
    UnboundStatement(
      "Services/Admin/Configuration/ConfigurationStore.swift", "DELETE FROM cordon.brand_config", on: "cordon.brand_config",
      ["key": "'cashback_rate'"]),
    UnboundStatement(
      "Services/Admin/Domains/BindingStore.swift", "SELECT 1 FROM cordon.agent_brand", on: "cordon.agent_brand", ["agent": "1"]),
    UnboundStatement(
      "Services/Admin/Domains/BindingStore.swift", "DELETE FROM cordon.agent_domain", on: "cordon.agent_domain",
      ["agent": "1", "old.host": "'shop.test'"]),
  ]

  private static let games = [
    UnboundStatement(
      "Services/Game/Accounts/AccountDirectory.swift", "SELECT alias FROM cordon.game_account_alias", on: "cordon.game_account_alias",
      ["terms.name": "'bti'", "player.player": "7"]),
    UnboundStatement(
      "Services/Game/Callbacks/GameStore.swift", "SELECT player_id, state, bet_transaction_id", on: "cordon.game_round",
      ["question.terms.name": "'wc'", "round": "'round'"]),
    UnboundStatement(
      "Services/Game/Callbacks/GameStore.swift", "UPDATE cordon.game_callback SET balance", on: "cordon.game_callback",
      ["question.terms.name": "'mg'", "question.money.transaction": "'bet'", "balance": "5"]),
    UnboundStatement(
      "Services/Game/DeadLetters/DeadLetterForesight.swift", "SELECT fingerprint FROM cordon.game_callback", on: "cordon.game_callback",
      ["provider": "'mg'", "money.transaction": "'bet'"]),
    UnboundStatement(
      "Services/Game/Callbacks/GameStore.swift", "SELECT session.player_id, player.account", on: "cordon.game_session",
      ["token.digest": "sha256('token')", "provider": "'mg'", "clock.now()": "timestamptz 'epoch'"]),
    UnboundStatement(
      "Services/Game/Switches/ProviderSwitchStore.swift",
      "SELECT provider, enabled, maintenance, reason, updated_by, updated_at FROM cordon.game_provider_switch\n",
      on: "cordon.game_provider_switch", ["provider": "'mg'"]),
  ]

  private static let wallet = [
    UnboundStatement(
      "Services/Wallet/Reads/WalletReadStore.swift", "SELECT bucket, balance FROM wallet.wallet_balance", on: "wallet.wallet_balance",
      ["player": "7", "currency.code": "'EUR'"]),
    UnboundStatement(
      "Services/Wallet/Reads/WalletReadStore.swift", "SELECT seq, request_id, command", on: "wallet.wallet_ledger",
      ["player": "NULL", "key": "'request'", "page.after": "NULL", "Int64(page.limit)": "100"]),
    UnboundStatement(
      "Services/Wallet/Reads/WalletReadStore.swift", "SELECT fingerprint, response_status, response_body FROM wallet.wallet_command",
      on: "wallet.wallet_command", ["key": "'request'"]),
    UnboundStatement(
      "Services/Wallet/Payments/PaymentCallbackStore.swift", "SELECT transaction_id, brand_id, player_id", on: "wallet.wallet_transaction",
      ["id": id]),
    UnboundStatement(
      "Services/Wallet/Payments/PaymentCallbackStore.swift", "SELECT 1 FROM wallet.payment_callback", on: "wallet.payment_callback",
      ["Self.provider": "'plisio'", "callback.paymentID": "'pay-1'", "callback.status.rawValue": "'completed'"]),
    UnboundStatement(
      "Services/Wallet/Batches/WalletBatchStore.swift", "SELECT t.* FROM unnest(", on: "wallet.wallet_tombstone",
      ["providers": "'{mg}'", "references": "'{bet}'"]),
  ]

  private static let documents = [
    UnboundStatement(
      "Services/Wallet/Documents/Versions/WalletDocumentStore.swift",
      "SELECT \\(Self.columns) FROM wallet.\\(unsafe: table) WHERE brand_id = \\(brand) AND version",
      on: "wallet.wallet_topology", ["Self.columns": "version, status", "unsafe: table": "wallet_topology", "version": "1"]),
    UnboundStatement(
      "Services/Wallet/Documents/Versions/WalletDocumentStore.swift", "UPDATE wallet.\\(unsafe: table) SET status = 'active'",
      on: "wallet.wallet_policy", ["unsafe: table": "wallet_policy", "operatorID": "'ops:test'", "version": "1"]),
    UnboundStatement(
      "Services/Wallet/Documents/Versions/WalletDocumentLock.swift", "SELECT FROM wallet.wallet_chain", on: "wallet.wallet_chain"),
  ]

  private static let checks = [
    UnboundStatement("Services/Wallet/Check/WalletFindingStore.swift", "SELECT checked_seq, checked_hash", on: "wallet.wallet_check"),
    UnboundStatement(
      "Services/Wallet/Check/WalletFindingStore.swift", "UPDATE wallet.wallet_check_finding SET resolved_at",
      on: "wallet.wallet_check_finding", ["ids": "(SELECT array_agg(number) FROM generate_series(1::bigint, 100) AS number)::bigint[]"]),
    UnboundStatement(
      "Audit/Log/BrandLogShelf.swift",
      "SELECT tree_size, root_hash, note FROM evidence.log_checkpoint\n      WHERE brand_id = \\(transaction.brand) AND ledger = \\(ledger.rawValue)\n",
      on: "evidence.log_checkpoint", ["ledger.rawValue": "'wallet_ledger'", "sizes.lowerBound": "1", "sizes.upperBound": "9"]),
    UnboundStatement(
      "Audit/Log/BrandLogShelf.swift", "SELECT tile_index, hashes FROM evidence.log_tile", on: "evidence.log_tile",
      ["ledger.rawValue": "'wallet_ledger'", "indices.lowerBound": "0", "indices.upperBound": "9"]),
  ]

  private static let events = [
    UnboundStatement(
      "Platform/Outbox/OutboxStore.swift", "UPDATE \\(unsafe: table.name) SET published_at", on: "cordon.player_outbox",
      ["unsafe: table.name": "cordon.player_outbox", "ids": "'{\(TwoBrandRows.transaction)}'"]),
    UnboundStatement(
      "Platform/Outbox/OutboxStore.swift", "SELECT event_id::text AS event_id, event_type", on: "wallet.wallet_outbox",
      ["unsafe: table.name": "wallet.wallet_outbox", "limit": "10"]),
  ]
}
