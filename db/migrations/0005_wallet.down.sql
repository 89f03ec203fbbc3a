-- Dropping history is refused while there is any. Row security is lifted first, because under it the owner sees nothing.

SET LOCAL ROLE cordon_owner;

ALTER TABLE wallet.wallet_command NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cordon.player_balance_log NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM wallet.wallet_command) OR EXISTS (SELECT FROM cordon.player_balance_log) THEN
    RAISE EXCEPTION 'refusing to drop the wallet: it holds history';
  END IF;
END
$$;

DROP VIEW cordon.player_withdraw;
DROP VIEW cordon.player_deposit;
DROP VIEW wallet.v_bucket_difference;
DROP VIEW wallet.v_trial_balance;
DROP TABLE cordon.player_balance_log;
DROP FUNCTION cordon.player_balance_log_append_only();
DROP TABLE wallet.wallet_outbox;
DROP TABLE wallet.wallet_tombstone;
DROP TABLE wallet.wallet_ledger;
DROP FUNCTION wallet.wallet_ledger_balanced();
DROP FUNCTION wallet.wallet_ledger_append_only();
DROP TABLE wallet.wallet_transaction;
DROP FUNCTION wallet.wallet_transaction_transition();
DROP TABLE wallet.wallet_command;
DROP TABLE wallet.wallet_balance;
DROP TABLE wallet.wallet_account;
DROP TABLE wallet.wallet_policy;
DROP TABLE wallet.wallet_topology;
DROP FUNCTION wallet.document_transition();

RESET ROLE;
