-- Refused while there is anything that the version before can't say. Row security is lifted for the look, because under it the owner sees
-- nothing.

SET LOCAL ROLE cordon_owner;

ALTER TABLE wallet.wallet_transaction NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (
    SELECT FROM wallet.wallet_transaction
    WHERE kind IN ('bonus', 'rebate', 'cashback', 'lossback', 'transfer') OR (state = 'rolled_back' AND settled_amount > 0)
  ) THEN
    RAISE EXCEPTION 'refusing to go back: there are bonuses, rewards, transfers or reversed wins';
  END IF;
END
$$;
ALTER TABLE wallet.wallet_transaction FORCE ROW LEVEL SECURITY;

ALTER TABLE wallet.wallet_transaction
  DROP CONSTRAINT wallet_transaction_requirement_check,
  DROP CONSTRAINT wallet_transaction_settled_check,
  DROP CONSTRAINT wallet_transaction_state_check,
  ADD CONSTRAINT wallet_transaction_state_check CHECK (
    (kind = 'deposit' AND state IN ('pending', 'approved', 'declined'))
    OR (kind = 'withdraw' AND state IN ('requested', 'approved', 'declined', 'paid'))
    OR (kind = 'bet' AND state IN ('authorized', 'settled', 'rolled_back'))
    OR (kind = 'adjust' AND state = 'applied')
  ),
  ADD CONSTRAINT wallet_transaction_settled_check CHECK (settled_amount = 0 OR (kind = 'bet' AND state = 'settled'));

CREATE OR REPLACE FUNCTION wallet.wallet_transaction_transition() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW.kind, NEW.state) NOT IN (
      ('deposit', 'pending'), ('deposit', 'approved'), ('withdraw', 'requested'), ('bet', 'authorized'), ('adjust', 'applied')
    ) THEN
      RAISE EXCEPTION 'wallet_transaction: a % does not begin as %', NEW.kind, NEW.state USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.brand_id <> OLD.brand_id OR NEW.transaction_id <> OLD.transaction_id OR NEW.kind <> OLD.kind
    OR NEW.player_id <> OLD.player_id OR NEW.currency <> OLD.currency OR NEW.amount <> OLD.amount
    OR NEW.request_id <> OLD.request_id OR NEW.created_at <> OLD.created_at
    OR (NEW.provider, NEW.reference, NEW.round) IS DISTINCT FROM (OLD.provider, OLD.reference, OLD.round) THEN
    RAISE EXCEPTION 'wallet_transaction: only state, settled_amount and reason may change' USING ERRCODE = 'CB003';
  END IF;
  -- A bet may win more than once: settled stays settled while settled_amount grows.
  IF (OLD.kind, OLD.state, NEW.state) NOT IN (
    ('deposit', 'pending', 'approved'), ('deposit', 'pending', 'declined'),
    ('withdraw', 'requested', 'approved'), ('withdraw', 'requested', 'declined'),
    ('withdraw', 'approved', 'paid'), ('withdraw', 'approved', 'declined'),
    ('bet', 'authorized', 'settled'), ('bet', 'authorized', 'rolled_back'), ('bet', 'settled', 'settled')
  ) THEN
    RAISE EXCEPTION 'wallet_transaction: a % that is % does not become %', OLD.kind, OLD.state, NEW.state USING ERRCODE = 'CB003';
  END IF;
  IF NEW.settled_amount < OLD.settled_amount THEN
    RAISE EXCEPTION 'wallet_transaction: settled_amount never shrinks' USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;
ALTER TABLE wallet.wallet_transaction DROP COLUMN requirement;

COMMENT ON TABLE wallet.wallet_transaction IS 'The business objects that commands move: a deposit, a withdrawal, a bet, an adjustment. The money itself is in the ledger.';
COMMENT ON COLUMN wallet.wallet_transaction.kind IS 'deposit, withdraw, bet or adjust.';
COMMENT ON COLUMN wallet.wallet_transaction.state IS
  'deposit: pending, approved, declined. withdraw: requested, approved, paid, declined. bet: authorized, settled, rolled_back. adjust: applied.';
COMMENT ON COLUMN wallet.wallet_transaction.settled_amount IS 'Minor units that a bet has won so far.';
COMMENT ON COLUMN wallet.wallet_transaction.reason IS 'Why it was declined, rolled back or adjusted.';
COMMENT ON COLUMN wallet.wallet_account.account IS 'Name: deposits, withdrawals, house, bonus, adjustments, provider:<name>.';
COMMENT ON COLUMN wallet.wallet_command.command IS 'What was asked: deposit, authorize, settle, rollback, withdraw-request.';
COMMENT ON COLUMN wallet.wallet_ledger.transaction_id IS 'The deposit, withdrawal, bet or adjustment that it belongs to.';

RESET ROLE;
