SET LOCAL ROLE cordon_owner;

DROP VIEW cordon.v_player_balance_change;
COMMENT ON TABLE cordon.player_balance_log IS 'Balance changes in the form of the replaced systems, for their history and for tools that still read it. Append-only. The truth is wallet_ledger.';
DROP TRIGGER trg_wallet_transaction_beginning ON wallet.wallet_transaction;
DROP TRIGGER trg_wallet_transaction_transition ON wallet.wallet_transaction;
CREATE TRIGGER trg_wallet_transaction_transition BEFORE INSERT OR UPDATE ON wallet.wallet_transaction
  FOR EACH ROW EXECUTE FUNCTION wallet.wallet_transaction_transition();

RESET ROLE;
