-- Bonuses, rebates, cashbacks, lossbacks and transfers; bets that win more than once, and wins that a provider takes back.

SET LOCAL ROLE cordon_owner;

ALTER TABLE wallet.wallet_transaction ADD COLUMN requirement bigint;
COMMENT ON COLUMN wallet.wallet_transaction.requirement IS 'Turnover in minor units that a bonus asks for, kept for rolling; NULL for everything else.';

ALTER TABLE wallet.wallet_transaction
  DROP CONSTRAINT wallet_transaction_state_check,
  DROP CONSTRAINT wallet_transaction_settled_check,
  ADD CONSTRAINT wallet_transaction_state_check CHECK (
    (kind = 'deposit' AND state IN ('pending', 'approved', 'declined'))
    OR (kind = 'withdraw' AND state IN ('requested', 'approved', 'declined', 'paid'))
    OR (kind = 'bet' AND state IN ('authorized', 'settled', 'rolled_back'))
    OR (kind = 'bonus' AND state IN ('granted', 'converted', 'completed', 'forfeited'))
    OR (kind IN ('adjust', 'rebate', 'cashback', 'lossback', 'transfer') AND state = 'applied')
  ),
  ADD CONSTRAINT wallet_transaction_settled_check CHECK (
    settled_amount = 0
    OR (kind = 'bet' AND state IN ('settled', 'rolled_back'))
    OR (kind = 'bonus' AND state IN ('converted', 'completed', 'forfeited') AND settled_amount <= amount)
  ),
  ADD CONSTRAINT wallet_transaction_requirement_check CHECK ((kind = 'bonus') = (requirement IS NOT NULL) AND requirement >= 0);

CREATE OR REPLACE FUNCTION wallet.wallet_transaction_transition() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF (NEW.kind, NEW.state) NOT IN (
      ('deposit', 'pending'), ('deposit', 'approved'), ('withdraw', 'requested'), ('bet', 'authorized'), ('bonus', 'granted'),
      ('adjust', 'applied'), ('rebate', 'applied'), ('cashback', 'applied'), ('lossback', 'applied'), ('transfer', 'applied')
    ) THEN
      RAISE EXCEPTION 'wallet_transaction: a % does not begin as %', NEW.kind, NEW.state USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.brand_id <> OLD.brand_id OR NEW.transaction_id <> OLD.transaction_id OR NEW.kind <> OLD.kind
    OR NEW.player_id <> OLD.player_id OR NEW.currency <> OLD.currency OR NEW.amount <> OLD.amount
    OR NEW.request_id <> OLD.request_id OR NEW.created_at <> OLD.created_at
    OR (NEW.provider, NEW.reference, NEW.round, NEW.requirement)
      IS DISTINCT FROM (OLD.provider, OLD.reference, OLD.round, OLD.requirement) THEN
    RAISE EXCEPTION 'wallet_transaction: only state, settled_amount and reason may change' USING ERRCODE = 'CB003';
  END IF;
  -- A bet may win more than once: settled stays settled while settled_amount grows.
  IF (OLD.kind, OLD.state, NEW.state) NOT IN (
    ('deposit', 'pending', 'approved'), ('deposit', 'pending', 'declined'),
    ('withdraw', 'requested', 'approved'), ('withdraw', 'requested', 'declined'),
    ('withdraw', 'approved', 'paid'), ('withdraw', 'approved', 'declined'),
    ('bet', 'authorized', 'settled'), ('bet', 'authorized', 'rolled_back'), ('bet', 'settled', 'settled'),
    ('bet', 'settled', 'rolled_back'),
    ('bonus', 'granted', 'converted'), ('bonus', 'granted', 'completed'), ('bonus', 'granted', 'forfeited')
  ) THEN
    RAISE EXCEPTION 'wallet_transaction: a % that is % does not become %', OLD.kind, OLD.state, NEW.state USING ERRCODE = 'CB003';
  END IF;
  IF NEW.settled_amount < OLD.settled_amount THEN
    RAISE EXCEPTION 'wallet_transaction: settled_amount never shrinks' USING ERRCODE = 'CB003';
  END IF;
  -- A rollback keeps what the bet had won, so that the row says what was taken back.
  IF NEW.settled_amount > OLD.settled_amount AND NEW.state = 'rolled_back' THEN
    RAISE EXCEPTION 'wallet_transaction: a rollback wins nothing' USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;

COMMENT ON TABLE wallet.wallet_transaction IS
  'The business objects that commands move: deposits, withdrawals, bets, bonuses, rebates, cashbacks, lossbacks, transfers, adjustments. The money itself is in the ledger.';
COMMENT ON COLUMN wallet.wallet_transaction.kind IS 'deposit, withdraw, bet, adjust, bonus, rebate, cashback, lossback or transfer.';
COMMENT ON COLUMN wallet.wallet_transaction.state IS
  'deposit: pending, approved, declined. withdraw: requested, approved, paid, declined. bet: authorized, settled, rolled_back. bonus: granted, converted, completed, forfeited. All others: applied.';
COMMENT ON COLUMN wallet.wallet_transaction.settled_amount IS
  'Minor units that a bet has won so far, also once it is rolled back; or that a bonus moved when it was closed.';
COMMENT ON COLUMN wallet.wallet_transaction.reason IS 'Why it was declined, rolled back, adjusted or paid.';
COMMENT ON COLUMN wallet.wallet_account.account IS
  'Name: deposits, withdrawals_held, withdrawals, house, bonus, rebates, cashbacks, lossbacks, provider:<name>.';
COMMENT ON COLUMN wallet.wallet_command.command IS 'What was asked: deposit, authorize, settle, rollback, withdraw_request, bonus_grant.';
COMMENT ON COLUMN wallet.wallet_ledger.transaction_id IS 'The transaction that it belongs to.';

RESET ROLE;
