-- What every command pays for, made cheaper without weakening it: a transaction's state is judged by the trigger's condition, and the
-- function only says what is wrong; the changes of balances are read from the ledger, which has them, instead of being written twice.

SET LOCAL ROLE cordon_owner;

DROP TRIGGER trg_wallet_transaction_transition ON wallet.wallet_transaction;
CREATE TRIGGER trg_wallet_transaction_beginning BEFORE INSERT ON wallet.wallet_transaction
  FOR EACH ROW
  WHEN ((NEW.kind, NEW.state) NOT IN (
    ('deposit', 'pending'), ('deposit', 'approved'), ('withdraw', 'requested'), ('bet', 'authorized'), ('bonus', 'granted'),
    ('adjust', 'applied'), ('rebate', 'applied'), ('cashback', 'applied'), ('lossback', 'applied'), ('transfer', 'applied')
  ))
  EXECUTE FUNCTION wallet.wallet_transaction_transition();
CREATE TRIGGER trg_wallet_transaction_transition BEFORE UPDATE ON wallet.wallet_transaction
  FOR EACH ROW
  WHEN (
    NEW.brand_id <> OLD.brand_id OR NEW.transaction_id <> OLD.transaction_id OR NEW.kind <> OLD.kind
    OR NEW.player_id <> OLD.player_id OR NEW.currency <> OLD.currency OR NEW.amount <> OLD.amount
    OR NEW.request_id <> OLD.request_id OR NEW.created_at <> OLD.created_at
    OR NEW.provider IS DISTINCT FROM OLD.provider OR NEW.reference IS DISTINCT FROM OLD.reference
    OR NEW.round IS DISTINCT FROM OLD.round OR NEW.requirement IS DISTINCT FROM OLD.requirement
    OR NEW.settled_amount < OLD.settled_amount OR (NEW.settled_amount > OLD.settled_amount AND NEW.state = 'rolled_back')
    OR (OLD.kind, OLD.state, NEW.state) NOT IN (
      ('deposit', 'pending', 'approved'), ('deposit', 'pending', 'declined'),
      ('withdraw', 'requested', 'approved'), ('withdraw', 'requested', 'declined'),
      ('withdraw', 'approved', 'paid'), ('withdraw', 'approved', 'declined'),
      ('bet', 'authorized', 'settled'), ('bet', 'authorized', 'rolled_back'), ('bet', 'settled', 'settled'),
      ('bet', 'settled', 'rolled_back'),
      ('bonus', 'granted', 'converted'), ('bonus', 'granted', 'completed'), ('bonus', 'granted', 'forfeited')
    )
  )
  EXECUTE FUNCTION wallet.wallet_transaction_transition();

CREATE VIEW cordon.v_player_balance_change WITH (security_invoker = true) AS
SELECT brand_id, seq AS number, player_id, command AS change_type, request_id, account, currency, amount,
  balance_after - amount AS balance_before, balance_after, created_at
FROM wallet.wallet_ledger
WHERE player_id IS NOT NULL
UNION ALL
SELECT brand_id, log_id - 4611686018427387904, player_id, change_type, request_id, NULL, currency, amount, balance_before, balance_after,
  created_at
FROM cordon.player_balance_log;
COMMENT ON VIEW cordon.v_player_balance_change IS
  'Every change of a player''s balance: the ledger''s entries, and before them what the replaced systems logged (negative numbers).';
COMMENT ON COLUMN cordon.v_player_balance_change.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.v_player_balance_change.number IS 'Ascending in time: seq of the ledger; negative for rows of player_balance_log.';
COMMENT ON COLUMN cordon.v_player_balance_change.player_id IS 'Whose balance.';
COMMENT ON COLUMN cordon.v_player_balance_change.change_type IS 'The command; in old rows what changed it.';
COMMENT ON COLUMN cordon.v_player_balance_change.request_id IS 'The command''s idempotency key, where there was one.';
COMMENT ON COLUMN cordon.v_player_balance_change.account IS 'The bucket; NULL in old rows, which are of all buckets together.';
COMMENT ON COLUMN cordon.v_player_balance_change.currency IS 'Currency of the amounts.';
COMMENT ON COLUMN cordon.v_player_balance_change.amount IS 'Minor units, signed.';
COMMENT ON COLUMN cordon.v_player_balance_change.balance_before IS 'Minor units before the change.';
COMMENT ON COLUMN cordon.v_player_balance_change.balance_after IS 'Minor units after it.';
COMMENT ON COLUMN cordon.v_player_balance_change.created_at IS 'When it changed.';
COMMENT ON TABLE cordon.player_balance_log IS
  'Balance changes of the replaced systems, and of tools that still write them. Append-only. Cordon''s own are in wallet_ledger; v_player_balance_change shows both.';
GRANT SELECT ON cordon.v_player_balance_change TO cordon_app, cordon_audit;

RESET ROLE;
