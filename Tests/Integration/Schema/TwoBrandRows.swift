/// A row in every brand-scoped table for brands 1 and 2, under the same keys wherever a table allows that.
enum TwoBrandRows {
  static let sql = secondBrand + rows(brand: 1) + rows(brand: 2)

  static let transaction = "0190a000-0000-7000-8000-000000000001"

  private static let secondBrand = """
    INSERT INTO cordon.brand (brand_code, name, default_currency) VALUES ('brand2', 'Second', 'USD');
    INSERT INTO cordon.agent (agent_id, name) VALUES (1, 'agent');

    """

  private static func rows(brand: Int) -> String { people(brand: brand) + money(brand: brand) + games(brand: brand) + others(brand: brand) }

  private static func people(brand: Int) -> String {
    """
    INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (\(brand), 7, 'Alice', 'alice', 'x');
    INSERT INTO cordon.player_session (brand_id, session_id, player_id, expires_at) VALUES (\(brand), '\(transaction)', 7, now());
    INSERT INTO cordon.player_refresh_token (brand_id, token_hash, session_id, generation, expires_at)
      VALUES (\(brand), sha256('token'), '\(transaction)', 1, now());
    INSERT INTO cordon.player_login (brand_id, player_id, account_key, outcome) VALUES (\(brand), 7, 'alice', 'success');
    INSERT INTO cordon.player_outbox (brand_id, event_id, event_type, payload)
      VALUES (\(brand), '\(transaction)', 'player.registered', '{"brand_id": \(brand)}');
    INSERT INTO cordon.recovery_audit (brand_id, surface, action, outcome) VALUES (\(brand), 'player', 'REQUEST', 'success');

    """
  }

  private static func money(brand: Int) -> String {
    """
    INSERT INTO wallet.wallet_topology (brand_id, version, document, created_by) VALUES (\(brand), 1, '{}', 'test');
    INSERT INTO wallet.wallet_policy (brand_id, version, document, created_by) VALUES (\(brand), 1, '{}', 'test');
    INSERT INTO wallet.wallet_account (brand_id, account) VALUES (\(brand), 'deposits');
    INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id)
      VALUES (\(brand), 'request', 'deposit', sha256('payload'), 200, '', 7);
    INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, request_id)
      VALUES (\(brand), '\(transaction)', 'deposit', 'approved', 7, 'EUR', 500, 'request');
    INSERT INTO wallet.wallet_chain (brand_id) VALUES (\(brand)) ON CONFLICT DO NOTHING;
    INSERT INTO wallet.wallet_ledger (brand_id, seq, prev_hash, row_hash, request_id, command, transaction_id, player_id, account, currency,
        amount, balance_after)
      VALUES (\(brand), 1, decode(repeat('00', 32), 'hex'), sha256('1'), 'request', 'deposit', '\(transaction)', 7, 'cash', 'EUR', 500, 500),
        (\(brand), 2, sha256('1'), sha256('2'), 'request', 'deposit', '\(transaction)', NULL, 'deposits', 'EUR', -500, NULL);
    INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance) VALUES (\(brand), 7, 'cash', 'EUR', 500);
    INSERT INTO wallet.payment_callback (brand_id, provider, payment_id, status, outcome, order_number, transaction_id, request_id)
      VALUES (\(brand), 'plisio', 'pay-1', 'completed', 'approved', '\(transaction)', '\(transaction)', 'request');
    INSERT INTO wallet.wallet_tombstone (brand_id, provider, reference, request_id) VALUES (\(brand), 'mg', 'bet', 'request');
    INSERT INTO wallet.wallet_outbox (brand_id, event_id, event_type, payload)
      VALUES (\(brand), '\(transaction)', 'wallet.deposited', '{"brand_id": \(brand)}');
    INSERT INTO evidence.log_tile (brand_id, ledger, level, tile_index, hashes, root_hash)
      VALUES (\(brand), 'wallet_ledger', 0, 0, decode(repeat('00', 8192), 'hex'), sha256('1'));
    INSERT INTO evidence.log_checkpoint (brand_id, ledger, tree_size, root_hash, note, signed_at)
      VALUES (\(brand), 'wallet_ledger', 2, sha256('1'), 'note', now());
    INSERT INTO evidence.containment (brand_id, begun_by, reason, ended_by, end_reason, ended_at)
      VALUES (\(brand), 'ops:test', 'test', 'ops:test', 'test', now());
    INSERT INTO evidence.log_cosignature (brand_id, ledger, tree_size, witness, key_id, signature, cosigned_at)
      VALUES (\(brand), 'wallet_ledger', 2, 'witness', 1, decode(repeat('00', 72), 'hex'), now());
    INSERT INTO wallet.wallet_check (brand_id) VALUES (\(brand));
    INSERT INTO wallet.wallet_check_finding (brand_id, kind, subject, detail) VALUES (\(brand), 'unbalanced', 'request', 'test');
    INSERT INTO cordon.player_balance_log (brand_id, player_id, change_type, currency, amount, balance_before, balance_after)
      VALUES (\(brand), 7, 'deposit', 'EUR', 500, 0, 500);

    """
  }

  private static func games(brand: Int) -> String {
    """
    INSERT INTO cordon.game_account_alias (brand_id, provider, player_id, alias) VALUES (\(brand), 'bti', 7, '01_aaaaaaaaaa');
    INSERT INTO cordon.game_session (brand_id, token_digest, provider, player_id, kind, game, expires_at)
      VALUES (\(brand), sha256('token'), 'mg', 7, 'launch', 'slot', now());
    INSERT INTO cordon.game_callback (brand_id, provider, transaction_id, operation, fingerprint, player_id, decision, request_id)
      VALUES (\(brand), 'mg', 'bet', 'bet', sha256('payload'), 7, 'forwarded', 'request');
    INSERT INTO cordon.game_round (brand_id, provider, round_id, player_id, state) VALUES (\(brand), 'wc', 'round', 7, 'open');
    INSERT INTO cordon.game_provider_switch (brand_id, provider, reason, updated_by) VALUES (\(brand), 'mg', 'test', 'ops:test');

    """
  }

  private static func others(brand: Int) -> String {
    """
    INSERT INTO cordon.brand_config (brand_id, key, value, updated_by) VALUES (\(brand), 'cashback_rate', '0.05', 'test');
    INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (\(brand), 1);
    INSERT INTO cordon.agent_setting (brand_id, agent_id) VALUES (\(brand), 1);
    INSERT INTO cordon.agent_domain (brand_id, agent_id, host) VALUES (\(brand), 1, 'shop.test');
    INSERT INTO cordon.bank (brand_id, bank_id, name) VALUES (\(brand), 1, 'Bank');
    INSERT INTO cordon.bank_card_group (brand_id, bank_card_group_id, name) VALUES (\(brand), 1, 'Group');
    INSERT INTO cordon.bank_card (brand_id, bank_card_id, bank_id, bank_card_group_id, holder, number_ciphertext, number_key_id,
      number_last_digits) VALUES (\(brand), 1, 1, 1, 'Holder', '', 'k1', '1234');
    INSERT INTO cordon.shooter_sms (sms_id, brand_id, device, sender, body, deposit_id, received_at, matched_at)
      VALUES (gen_random_uuid(), \(brand), 'device', 'bank', 'text', '\(transaction)', now(), now());
    INSERT INTO security.cross_brand_detection (brand_id, kind, key, found_brand_id) VALUES (\(brand), 'player', '7', 3 - \(brand));

    """
  }
}
