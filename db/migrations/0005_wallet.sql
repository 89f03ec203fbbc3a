-- Money. A command is recorded once for ever (wallet_command), moves a business object (wallet_transaction) and posts
-- balanced entries (wallet_ledger); wallet_balance is what the ledger adds up to, kept beside it for speed.
--
-- Neither the ledger nor anything else that every command writes references cordon.brand or wallet.wallet_account by
-- foreign key: the key's row lock on one hot row would serialise a brand. They reference rows of the same command, and
-- the player, whose row already references the brand.

SET LOCAL ROLE cordon_owner;

-- Documents: topology and policy -------------------------------------------------------------------------------------

CREATE FUNCTION wallet.document_transition() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION '%: a version begins as a draft', TG_TABLE_NAME USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.brand_id <> OLD.brand_id OR NEW.version <> OLD.version OR NEW.document <> OLD.document
    OR NEW.created_by <> OLD.created_by OR NEW.created_at <> OLD.created_at THEN
    RAISE EXCEPTION '%: a version''s document never changes; write a new version', TG_TABLE_NAME USING ERRCODE = 'CB003';
  END IF;
  IF (OLD.status, NEW.status) NOT IN (('draft', 'active'), ('draft', 'retired'), ('active', 'retired')) THEN
    RAISE EXCEPTION '%: % does not become %', TG_TABLE_NAME, OLD.status, NEW.status USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION wallet.document_transition() IS
  'Trigger: a version goes draft, active, retired (or draft, retired), and its document stays as written. Refusals have SQLSTATE CB003.';

CREATE TABLE wallet.wallet_topology (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  version bigint NOT NULL CHECK (version > 0),
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'active', 'retired')),
  document jsonb NOT NULL CHECK (jsonb_typeof(document) = 'object'),
  created_by text NOT NULL CHECK (btrim(created_by) <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  activated_by text,
  activated_at timestamptz,
  retired_at timestamptz,
  PRIMARY KEY (brand_id, version),
  CONSTRAINT wallet_topology_lifecycle_check CHECK (
    (activated_by IS NULL) = (activated_at IS NULL)
    AND (status <> 'active' OR (activated_at IS NOT NULL AND retired_at IS NULL))
    AND (status <> 'draft' OR (activated_at IS NULL AND retired_at IS NULL))
    AND (status <> 'retired' OR retired_at IS NOT NULL)
  )
);
CREATE UNIQUE INDEX wallet_topology_one_active_idx ON wallet.wallet_topology (brand_id) WHERE status = 'active';
CREATE TRIGGER trg_wallet_topology_transition BEFORE INSERT OR UPDATE ON wallet.wallet_topology
  FOR EACH ROW EXECUTE FUNCTION wallet.document_transition();
SELECT cordon.isolate_by_brand('wallet.wallet_topology');
COMMENT ON TABLE wallet.wallet_topology IS
  'Which buckets a brand''s wallets have and how money flows among them, in versions, one active. To switch: retire the active one, then activate the draft, in one transaction.';
COMMENT ON COLUMN wallet.wallet_topology.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.wallet_topology.version IS 'Version within the brand, from 1.';
COMMENT ON COLUMN wallet.wallet_topology.status IS 'draft, active (at most one a brand) or retired.';
COMMENT ON COLUMN wallet.wallet_topology.document IS 'The topology. Never changes; a change is a new version.';
COMMENT ON COLUMN wallet.wallet_topology.created_by IS 'Operator who wrote the version.';
COMMENT ON COLUMN wallet.wallet_topology.created_at IS 'When it was written.';
COMMENT ON COLUMN wallet.wallet_topology.activated_by IS 'Operator who activated it.';
COMMENT ON COLUMN wallet.wallet_topology.activated_at IS 'When it became the active one.';
COMMENT ON COLUMN wallet.wallet_topology.retired_at IS 'When it stopped being used, or was discarded as a draft.';

CREATE TABLE wallet.wallet_policy (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  version bigint NOT NULL CHECK (version > 0),
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'active', 'retired')),
  document jsonb NOT NULL CHECK (jsonb_typeof(document) = 'object'),
  created_by text NOT NULL CHECK (btrim(created_by) <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  activated_by text,
  activated_at timestamptz,
  retired_at timestamptz,
  PRIMARY KEY (brand_id, version),
  CONSTRAINT wallet_policy_lifecycle_check CHECK (
    (activated_by IS NULL) = (activated_at IS NULL)
    AND (status <> 'active' OR (activated_at IS NOT NULL AND retired_at IS NULL))
    AND (status <> 'draft' OR (activated_at IS NULL AND retired_at IS NULL))
    AND (status <> 'retired' OR retired_at IS NOT NULL)
  )
);
CREATE UNIQUE INDEX wallet_policy_one_active_idx ON wallet.wallet_policy (brand_id) WHERE status = 'active';
CREATE TRIGGER trg_wallet_policy_transition BEFORE INSERT OR UPDATE ON wallet.wallet_policy
  FOR EACH ROW EXECUTE FUNCTION wallet.document_transition();
SELECT cordon.isolate_by_brand('wallet.wallet_policy');
COMMENT ON TABLE wallet.wallet_policy IS 'Limits and rules of a brand''s wallet commands, in versions, one active. Read together with the active topology.';
COMMENT ON COLUMN wallet.wallet_policy.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.wallet_policy.version IS 'Version within the brand, from 1.';
COMMENT ON COLUMN wallet.wallet_policy.status IS 'draft, active (at most one a brand) or retired.';
COMMENT ON COLUMN wallet.wallet_policy.document IS 'The policy. Never changes; a change is a new version.';
COMMENT ON COLUMN wallet.wallet_policy.created_by IS 'Operator who wrote the version.';
COMMENT ON COLUMN wallet.wallet_policy.created_at IS 'When it was written.';
COMMENT ON COLUMN wallet.wallet_policy.activated_by IS 'Operator who activated it.';
COMMENT ON COLUMN wallet.wallet_policy.activated_at IS 'When it became the active one.';
COMMENT ON COLUMN wallet.wallet_policy.retired_at IS 'When it stopped being used, or was discarded as a draft.';

-- Accounts and balances ----------------------------------------------------------------------------------------------

CREATE TABLE wallet.wallet_account (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  account text NOT NULL CHECK (account ~ '^[a-z][a-z0-9_]{0,31}(:[a-z0-9][a-z0-9_-]{0,63})?$'),
  description text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, account)
);
SELECT cordon.isolate_by_brand('wallet.wallet_account');
COMMENT ON TABLE wallet.wallet_account IS
  'A brand''s own accounts, the other side of every movement of player money. They have no stored balance: it is the sum of their entries (v_trial_balance).';
COMMENT ON COLUMN wallet.wallet_account.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.wallet_account.account IS 'Name: deposits, withdrawals, house, bonus, adjustments, provider:<name>.';
COMMENT ON COLUMN wallet.wallet_account.description IS 'What is booked on it.';
COMMENT ON COLUMN wallet.wallet_account.created_at IS 'When it was opened.';

CREATE TABLE wallet.wallet_balance (
  brand_id bigint NOT NULL,
  player_id bigint NOT NULL,
  bucket text NOT NULL CHECK (bucket ~ '^[a-z][a-z0-9_]{0,31}$'),
  currency cordon.currency_code NOT NULL,
  balance bigint NOT NULL CHECK (balance >= 0),
  version bigint NOT NULL DEFAULT 1 CHECK (version > 0),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, player_id, bucket, currency),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id)
);
SELECT cordon.isolate_by_brand('wallet.wallet_balance');
COMMENT ON TABLE wallet.wallet_balance IS 'What each bucket of each player holds. Always the sum of its ledger entries; v_bucket_difference lists exceptions, and one is an incident.';
COMMENT ON COLUMN wallet.wallet_balance.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN wallet.wallet_balance.player_id IS 'The player.';
COMMENT ON COLUMN wallet.wallet_balance.bucket IS 'Bucket, as the brand''s topology names it.';
COMMENT ON COLUMN wallet.wallet_balance.currency IS 'Currency of the balance.';
COMMENT ON COLUMN wallet.wallet_balance.balance IS 'Minor units, never negative.';
COMMENT ON COLUMN wallet.wallet_balance.version IS 'One more with each change.';
COMMENT ON COLUMN wallet.wallet_balance.updated_at IS 'When it last changed.';

-- Commands, transactions, entries ------------------------------------------------------------------------------------

CREATE TABLE wallet.wallet_command (
  brand_id bigint NOT NULL,
  request_id text NOT NULL CHECK (octet_length(request_id) BETWEEN 1 AND 255),
  command text NOT NULL CHECK (command ~ '^[a-z][a-z_-]{0,63}$'),
  fingerprint cordon.sha256_digest NOT NULL,
  response_status integer NOT NULL CHECK (response_status BETWEEN 200 AND 499),
  response_body bytea NOT NULL,
  player_id bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, request_id),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id)
);
-- The one index that does not begin with the brand: it answers whether a key is known under another brand (0006).
CREATE INDEX wallet_command_request_id_idx ON wallet.wallet_command (request_id, brand_id);
SELECT cordon.isolate_by_brand('wallet.wallet_command');
COMMENT ON TABLE wallet.wallet_command IS
  'Every command that was accepted, by its idempotency key, kept for ever: the same key and payload get the same answer again, byte for byte.';
COMMENT ON COLUMN wallet.wallet_command.brand_id IS 'Brand of the command.';
COMMENT ON COLUMN wallet.wallet_command.request_id IS 'The caller''s idempotency key, unique within the brand.';
COMMENT ON COLUMN wallet.wallet_command.command IS 'What was asked: deposit, authorize, settle, rollback, withdraw-request.';
COMMENT ON COLUMN wallet.wallet_command.fingerprint IS 'SHA-256 of the payload. The same key with another fingerprint is refused.';
COMMENT ON COLUMN wallet.wallet_command.response_status IS 'HTTP status that was answered. Never a 5xx: those may be retried.';
COMMENT ON COLUMN wallet.wallet_command.response_body IS 'The bytes that were answered.';
COMMENT ON COLUMN wallet.wallet_command.player_id IS 'Whose wallet; NULL for a command that concerns none.';
COMMENT ON COLUMN wallet.wallet_command.created_at IS 'When it was accepted.';

CREATE TABLE wallet.wallet_transaction (
  brand_id bigint NOT NULL,
  transaction_id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  player_id bigint NOT NULL,
  currency cordon.currency_code NOT NULL,
  amount bigint NOT NULL,
  settled_amount bigint NOT NULL DEFAULT 0 CHECK (settled_amount >= 0),
  provider text CHECK (provider ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  reference text CHECK (octet_length(reference) BETWEEN 1 AND 255),
  round text CHECK (octet_length(round) BETWEEN 1 AND 255),
  origin_host text,
  reason text,
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, transaction_id),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id),
  FOREIGN KEY (brand_id, request_id) REFERENCES wallet.wallet_command (brand_id, request_id),
  CONSTRAINT wallet_transaction_state_check CHECK (
    (kind = 'deposit' AND state IN ('pending', 'approved', 'declined'))
    OR (kind = 'withdraw' AND state IN ('requested', 'approved', 'declined', 'paid'))
    OR (kind = 'bet' AND state IN ('authorized', 'settled', 'rolled_back'))
    OR (kind = 'adjust' AND state = 'applied')
  ),
  CONSTRAINT wallet_transaction_amount_check CHECK (amount > 0 OR (kind = 'adjust' AND amount < 0)),
  CONSTRAINT wallet_transaction_settled_check CHECK (settled_amount = 0 OR (kind = 'bet' AND state = 'settled')),
  CONSTRAINT wallet_transaction_reference_needs_provider_check CHECK (reference IS NULL OR provider IS NOT NULL)
);
CREATE UNIQUE INDEX wallet_transaction_reference_idx ON wallet.wallet_transaction (brand_id, kind, provider, reference)
  WHERE reference IS NOT NULL;
CREATE INDEX wallet_transaction_player_idx ON wallet.wallet_transaction (brand_id, player_id, created_at, transaction_id);
CREATE INDEX wallet_transaction_open_idx ON wallet.wallet_transaction (brand_id, kind, created_at)
  WHERE state IN ('pending', 'requested', 'authorized');

CREATE FUNCTION wallet.wallet_transaction_transition() RETURNS trigger
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
CREATE TRIGGER trg_wallet_transaction_transition BEFORE INSERT OR UPDATE ON wallet.wallet_transaction
  FOR EACH ROW EXECUTE FUNCTION wallet.wallet_transaction_transition();
SELECT cordon.isolate_by_brand('wallet.wallet_transaction');
COMMENT ON FUNCTION wallet.wallet_transaction_transition() IS
  'Trigger: which state a transaction begins in and which follows which. Refusals have SQLSTATE CB003.';
COMMENT ON TABLE wallet.wallet_transaction IS 'The business objects that commands move: a deposit, a withdrawal, a bet, an adjustment. The money itself is in the ledger.';
COMMENT ON COLUMN wallet.wallet_transaction.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN wallet.wallet_transaction.transaction_id IS 'The transaction; UUIDv7, so ascending in time.';
COMMENT ON COLUMN wallet.wallet_transaction.kind IS 'deposit, withdraw, bet or adjust.';
COMMENT ON COLUMN wallet.wallet_transaction.state IS
  'deposit: pending, approved, declined. withdraw: requested, approved, paid, declined. bet: authorized, settled, rolled_back. adjust: applied.';
COMMENT ON COLUMN wallet.wallet_transaction.player_id IS 'Whose wallet.';
COMMENT ON COLUMN wallet.wallet_transaction.currency IS 'Currency of the amounts.';
COMMENT ON COLUMN wallet.wallet_transaction.amount IS 'Minor units asked for: positive, except for an adjustment downwards.';
COMMENT ON COLUMN wallet.wallet_transaction.settled_amount IS 'Minor units that a bet has won so far.';
COMMENT ON COLUMN wallet.wallet_transaction.provider IS 'Game provider or payment channel, where there is one.';
COMMENT ON COLUMN wallet.wallet_transaction.reference IS 'The provider''s id of it, unique per brand, kind and provider.';
COMMENT ON COLUMN wallet.wallet_transaction.round IS 'The provider''s game round.';
COMMENT ON COLUMN wallet.wallet_transaction.origin_host IS 'Host that the request came through, to find rows booked under a wrong brand.';
COMMENT ON COLUMN wallet.wallet_transaction.reason IS 'Why it was declined, rolled back or adjusted.';
COMMENT ON COLUMN wallet.wallet_transaction.request_id IS 'The command that began it.';
COMMENT ON COLUMN wallet.wallet_transaction.created_at IS 'When it began.';
COMMENT ON COLUMN wallet.wallet_transaction.updated_at IS 'When its state last changed.';

CREATE TABLE wallet.wallet_ledger (
  brand_id bigint NOT NULL,
  entry_id bigint GENERATED ALWAYS AS IDENTITY,
  request_id text NOT NULL,
  command text NOT NULL,
  transaction_id uuid,
  player_id bigint,
  account text NOT NULL,
  currency cordon.currency_code NOT NULL,
  amount bigint NOT NULL CHECK (amount <> 0),
  balance_after bigint CHECK (balance_after >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, entry_id),
  FOREIGN KEY (brand_id, request_id) REFERENCES wallet.wallet_command (brand_id, request_id),
  FOREIGN KEY (brand_id, transaction_id) REFERENCES wallet.wallet_transaction (brand_id, transaction_id),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id),
  CONSTRAINT wallet_ledger_side_check CHECK ((player_id IS NULL) = (balance_after IS NULL))
);
CREATE INDEX wallet_ledger_request_id_idx ON wallet.wallet_ledger (brand_id, request_id);
CREATE INDEX wallet_ledger_player_idx ON wallet.wallet_ledger (brand_id, player_id, entry_id) WHERE player_id IS NOT NULL;
CREATE INDEX wallet_ledger_transaction_idx ON wallet.wallet_ledger (brand_id, transaction_id) WHERE transaction_id IS NOT NULL;

CREATE FUNCTION wallet.wallet_ledger_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'wallet_ledger is append-only; % not permitted on wallet.wallet_ledger', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE TRIGGER trg_wallet_ledger_no_update_delete BEFORE UPDATE OR DELETE ON wallet.wallet_ledger
  FOR EACH ROW EXECUTE FUNCTION wallet.wallet_ledger_append_only();
CREATE TRIGGER trg_wallet_ledger_no_truncate BEFORE TRUNCATE ON wallet.wallet_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_ledger_append_only();
ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_update_delete;
ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_truncate;

-- The entries of a command arrive in one INSERT, so a statement is the unit that must balance. A deferred trigger for each
-- row would allow several, at thirty times the cost.
CREATE FUNCTION wallet.wallet_ledger_balanced() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  bad record;
BEGIN
  SELECT e.request_id, e.currency, sum(e.amount) AS total INTO bad
  FROM entered AS e
  GROUP BY e.brand_id, e.request_id, e.currency
  HAVING sum(e.amount) <> 0
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: entries of request % do not sum to zero in %: %', bad.request_id, bad.currency, bad.total
      USING ERRCODE = 'CB004', CONSTRAINT = 'wallet_ledger_balanced';
  END IF;
  SELECT e.brand_id, e.account INTO bad
  FROM (SELECT DISTINCT brand_id, account FROM entered WHERE player_id IS NULL) AS e
  LEFT JOIN wallet.wallet_account AS a ON a.brand_id = e.brand_id AND a.account = e.account
  WHERE a.account IS NULL
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no account %', bad.brand_id, bad.account
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_account_exists';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_wallet_ledger_balanced AFTER INSERT ON wallet.wallet_ledger
  REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_ledger_balanced();
ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_balanced;
SELECT cordon.isolate_by_brand('wallet.wallet_ledger');
COMMENT ON FUNCTION wallet.wallet_ledger_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on wallet_ledger (CB002). The text is an alarm for platform on-call.';
COMMENT ON FUNCTION wallet.wallet_ledger_balanced() IS
  'Trigger: what one INSERT enters sums to zero for each command and currency (CB004), and entries without a player name an account of their brand.';
COMMENT ON TABLE wallet.wallet_ledger IS 'Every movement of money, one row for each bucket or account it touched. Append-only; a correction is a compensating command.';
COMMENT ON COLUMN wallet.wallet_ledger.brand_id IS 'Brand of the movement.';
COMMENT ON COLUMN wallet.wallet_ledger.entry_id IS 'Ascending number of the entry. Gaps are transactions that rolled back.';
COMMENT ON COLUMN wallet.wallet_ledger.request_id IS 'The command that made the entry. Its entries are written by one INSERT and sum to zero in each currency.';
COMMENT ON COLUMN wallet.wallet_ledger.command IS 'Name of that command.';
COMMENT ON COLUMN wallet.wallet_ledger.transaction_id IS 'The deposit, withdrawal, bet or adjustment that it belongs to.';
COMMENT ON COLUMN wallet.wallet_ledger.player_id IS 'Whose bucket; NULL for an account of the brand itself.';
COMMENT ON COLUMN wallet.wallet_ledger.account IS 'The bucket of the player, or the account of the brand (wallet_account).';
COMMENT ON COLUMN wallet.wallet_ledger.currency IS 'Currency of the amount.';
COMMENT ON COLUMN wallet.wallet_ledger.amount IS 'Minor units: positive comes in, negative goes out. Never zero.';
COMMENT ON COLUMN wallet.wallet_ledger.balance_after IS 'What the bucket held after this entry; NULL for accounts of the brand.';
COMMENT ON COLUMN wallet.wallet_ledger.created_at IS 'Start of the transaction that moved the money.';

CREATE TABLE wallet.wallet_tombstone (
  brand_id bigint NOT NULL,
  provider text NOT NULL,
  reference text NOT NULL CHECK (octet_length(reference) BETWEEN 1 AND 255),
  request_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, provider, reference),
  FOREIGN KEY (brand_id, request_id) REFERENCES wallet.wallet_command (brand_id, request_id)
);
SELECT cordon.isolate_by_brand('wallet.wallet_tombstone');
COMMENT ON TABLE wallet.wallet_tombstone IS
  'Bets that were rolled back before they arrived. The late bet finds its tombstone and is refused. Written and read under the lock on the player''s row.';
COMMENT ON COLUMN wallet.wallet_tombstone.brand_id IS 'Brand of the bet.';
COMMENT ON COLUMN wallet.wallet_tombstone.provider IS 'Provider that rolled it back.';
COMMENT ON COLUMN wallet.wallet_tombstone.reference IS 'The provider''s id of the bet.';
COMMENT ON COLUMN wallet.wallet_tombstone.request_id IS 'The rollback command.';
COMMENT ON COLUMN wallet.wallet_tombstone.created_at IS 'When the rollback came.';

CREATE TABLE wallet.wallet_outbox (
  brand_id bigint NOT NULL,
  event_id uuid NOT NULL,
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  event_type text NOT NULL CHECK (event_type <> ''),
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error text,
  dead_lettered_at timestamptz,
  PRIMARY KEY (brand_id, event_id),
  CONSTRAINT wallet_outbox_payload_brand_check CHECK (payload -> 'brand_id' IS NOT DISTINCT FROM to_jsonb(brand_id))
);
CREATE INDEX wallet_outbox_unpublished_idx ON wallet.wallet_outbox (brand_id, sequence)
  WHERE published_at IS NULL AND dead_lettered_at IS NULL;
SELECT cordon.isolate_by_brand('wallet.wallet_outbox');
COMMENT ON TABLE wallet.wallet_outbox IS 'Events written with the movement they tell of and published to the Redis Stream wallet:events afterwards.';
COMMENT ON COLUMN wallet.wallet_outbox.brand_id IS 'Brand of the event.';
COMMENT ON COLUMN wallet.wallet_outbox.event_id IS 'The event. Consumers drop one that they have seen.';
COMMENT ON COLUMN wallet.wallet_outbox.sequence IS 'Order in which events are published within the brand.';
COMMENT ON COLUMN wallet.wallet_outbox.event_type IS 'What happened: wallet.deposited, wallet.bet_settled.';
COMMENT ON COLUMN wallet.wallet_outbox.payload IS 'The event. It carries brand_id itself.';
COMMENT ON COLUMN wallet.wallet_outbox.created_at IS 'When it happened.';
COMMENT ON COLUMN wallet.wallet_outbox.published_at IS 'When the stream had it; NULL until then.';
COMMENT ON COLUMN wallet.wallet_outbox.attempts IS 'How often publishing failed.';
COMMENT ON COLUMN wallet.wallet_outbox.last_error IS 'Why it last failed.';
COMMENT ON COLUMN wallet.wallet_outbox.dead_lettered_at IS 'When it was set aside so that the others could go on; NULL again once repaired.';

-- The compatibility ledger -------------------------------------------------------------------------------------------

CREATE TABLE cordon.player_balance_log (
  brand_id bigint NOT NULL,
  log_id bigint GENERATED ALWAYS AS IDENTITY,
  player_id bigint NOT NULL,
  change_type text NOT NULL CHECK (change_type <> ''),
  request_id text,
  currency cordon.currency_code NOT NULL,
  amount bigint NOT NULL CHECK (amount <> 0),
  balance_before bigint NOT NULL CHECK (balance_before >= 0),
  balance_after bigint NOT NULL CHECK (balance_after >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, log_id),
  FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id),
  CONSTRAINT player_balance_log_sum_check CHECK (balance_before + amount = balance_after)
);
CREATE INDEX player_balance_log_player_idx ON cordon.player_balance_log (brand_id, player_id, log_id);

CREATE FUNCTION cordon.player_balance_log_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'player_balance_log is append-only; % not permitted on cordon.player_balance_log', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE TRIGGER trg_player_balance_log_no_update_delete BEFORE UPDATE OR DELETE ON cordon.player_balance_log
  FOR EACH ROW EXECUTE FUNCTION cordon.player_balance_log_append_only();
CREATE TRIGGER trg_player_balance_log_no_truncate BEFORE TRUNCATE ON cordon.player_balance_log
  FOR EACH STATEMENT EXECUTE FUNCTION cordon.player_balance_log_append_only();
ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_player_balance_log_no_update_delete;
ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_player_balance_log_no_truncate;
SELECT cordon.isolate_by_brand('cordon.player_balance_log');
COMMENT ON FUNCTION cordon.player_balance_log_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on player_balance_log (CB002).';
COMMENT ON TABLE cordon.player_balance_log IS 'Balance changes in the form of the replaced systems, for their history and for tools that still read it. Append-only. The truth is wallet_ledger.';
COMMENT ON COLUMN cordon.player_balance_log.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.player_balance_log.log_id IS 'Ascending number of the row.';
COMMENT ON COLUMN cordon.player_balance_log.player_id IS 'Whose balance.';
COMMENT ON COLUMN cordon.player_balance_log.change_type IS 'What changed it.';
COMMENT ON COLUMN cordon.player_balance_log.request_id IS 'The command, where there was one.';
COMMENT ON COLUMN cordon.player_balance_log.currency IS 'Currency of the amounts.';
COMMENT ON COLUMN cordon.player_balance_log.amount IS 'Minor units, signed.';
COMMENT ON COLUMN cordon.player_balance_log.balance_before IS 'Minor units before the change, over all buckets.';
COMMENT ON COLUMN cordon.player_balance_log.balance_after IS 'Minor units after it.';
COMMENT ON COLUMN cordon.player_balance_log.created_at IS 'When it changed.';

-- What operators and auditors read -----------------------------------------------------------------------------------

CREATE VIEW wallet.v_trial_balance WITH (security_invoker = true) AS
SELECT
  brand_id,
  currency,
  CASE WHEN player_id IS NULL THEN 'brand' ELSE 'players' END AS side,
  account,
  count(*) AS entries,
  sum(amount) AS balance
FROM wallet.wallet_ledger
GROUP BY brand_id, currency, CASE WHEN player_id IS NULL THEN 'brand' ELSE 'players' END, account
ORDER BY brand_id, currency, side, account;
COMMENT ON VIEW wallet.v_trial_balance IS 'What every account of the brand and every kind of player bucket holds by the ledger. The balances of a brand sum to zero in each currency.';
COMMENT ON COLUMN wallet.v_trial_balance.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.v_trial_balance.currency IS 'Currency of the balance.';
COMMENT ON COLUMN wallet.v_trial_balance.side IS 'brand: an account of the brand; players: one kind of bucket of all players together.';
COMMENT ON COLUMN wallet.v_trial_balance.account IS 'The account or bucket.';
COMMENT ON COLUMN wallet.v_trial_balance.entries IS 'How many entries it has.';
COMMENT ON COLUMN wallet.v_trial_balance.balance IS 'Sum of their amounts in minor units.';

CREATE VIEW wallet.v_bucket_difference WITH (security_invoker = true) AS
SELECT
  coalesce(b.brand_id, l.brand_id) AS brand_id,
  coalesce(b.player_id, l.player_id) AS player_id,
  coalesce(b.bucket, l.bucket) AS bucket,
  coalesce(b.currency, l.currency) AS currency,
  coalesce(b.balance, 0) AS bucket_balance,
  coalesce(l.balance, 0) AS ledger_balance,
  coalesce(b.balance, 0) - coalesce(l.balance, 0) AS difference
FROM wallet.wallet_balance AS b
FULL JOIN (
  SELECT brand_id, player_id, account AS bucket, currency, sum(amount) AS balance
  FROM wallet.wallet_ledger
  WHERE player_id IS NOT NULL
  GROUP BY brand_id, player_id, account, currency
) AS l USING (brand_id, player_id, bucket, currency)
WHERE coalesce(b.balance, 0) <> coalesce(l.balance, 0);
COMMENT ON VIEW wallet.v_bucket_difference IS 'Buckets whose stored balance is not the sum of their ledger entries. Empty, or an incident.';
COMMENT ON COLUMN wallet.v_bucket_difference.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN wallet.v_bucket_difference.player_id IS 'The player.';
COMMENT ON COLUMN wallet.v_bucket_difference.bucket IS 'The bucket.';
COMMENT ON COLUMN wallet.v_bucket_difference.currency IS 'Its currency.';
COMMENT ON COLUMN wallet.v_bucket_difference.bucket_balance IS 'Minor units stored in wallet_balance.';
COMMENT ON COLUMN wallet.v_bucket_difference.ledger_balance IS 'Minor units by the ledger.';
COMMENT ON COLUMN wallet.v_bucket_difference.difference IS 'Stored minus ledger.';

CREATE VIEW cordon.player_deposit WITH (security_invoker = true) AS
SELECT brand_id, transaction_id AS deposit_id, player_id, currency, amount, state AS status, provider, reference, origin_host, reason, created_at, updated_at
FROM wallet.wallet_transaction
WHERE kind = 'deposit';
COMMENT ON VIEW cordon.player_deposit IS 'Deposits, under the name that the runbooks use. Rows of wallet_transaction.';
COMMENT ON COLUMN cordon.player_deposit.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.player_deposit.deposit_id IS 'The transaction.';
COMMENT ON COLUMN cordon.player_deposit.player_id IS 'Whose wallet.';
COMMENT ON COLUMN cordon.player_deposit.currency IS 'Currency of the amount.';
COMMENT ON COLUMN cordon.player_deposit.amount IS 'Minor units.';
COMMENT ON COLUMN cordon.player_deposit.status IS 'pending, approved or declined.';
COMMENT ON COLUMN cordon.player_deposit.provider IS 'Payment channel.';
COMMENT ON COLUMN cordon.player_deposit.reference IS 'The channel''s id of it.';
COMMENT ON COLUMN cordon.player_deposit.origin_host IS 'Host that the request came through.';
COMMENT ON COLUMN cordon.player_deposit.reason IS 'Why it was declined.';
COMMENT ON COLUMN cordon.player_deposit.created_at IS 'When it was asked for.';
COMMENT ON COLUMN cordon.player_deposit.updated_at IS 'When its status last changed.';

CREATE VIEW cordon.player_withdraw WITH (security_invoker = true) AS
SELECT brand_id, transaction_id AS withdraw_id, player_id, currency, amount, state AS status, provider, reference, origin_host, reason, created_at, updated_at
FROM wallet.wallet_transaction
WHERE kind = 'withdraw';
COMMENT ON VIEW cordon.player_withdraw IS 'Withdrawals, under the name that the runbooks use. Rows of wallet_transaction.';
COMMENT ON COLUMN cordon.player_withdraw.brand_id IS 'Brand of the player.';
COMMENT ON COLUMN cordon.player_withdraw.withdraw_id IS 'The transaction.';
COMMENT ON COLUMN cordon.player_withdraw.player_id IS 'Whose wallet.';
COMMENT ON COLUMN cordon.player_withdraw.currency IS 'Currency of the amount.';
COMMENT ON COLUMN cordon.player_withdraw.amount IS 'Minor units.';
COMMENT ON COLUMN cordon.player_withdraw.status IS 'requested, approved, paid or declined.';
COMMENT ON COLUMN cordon.player_withdraw.provider IS 'Payment channel.';
COMMENT ON COLUMN cordon.player_withdraw.reference IS 'The channel''s id of it.';
COMMENT ON COLUMN cordon.player_withdraw.origin_host IS 'Host that the request came through.';
COMMENT ON COLUMN cordon.player_withdraw.reason IS 'Why it was declined.';
COMMENT ON COLUMN cordon.player_withdraw.created_at IS 'When it was asked for.';
COMMENT ON COLUMN cordon.player_withdraw.updated_at IS 'When its status last changed.';

GRANT SELECT ON
  wallet.wallet_topology, wallet.wallet_policy, wallet.wallet_account, wallet.wallet_balance, wallet.wallet_command,
  wallet.wallet_transaction, wallet.wallet_ledger, wallet.wallet_tombstone, wallet.wallet_outbox, wallet.v_trial_balance,
  wallet.v_bucket_difference, cordon.player_balance_log, cordon.player_deposit, cordon.player_withdraw
TO cordon_app, cordon_audit;
GRANT INSERT ON
  wallet.wallet_topology, wallet.wallet_policy, wallet.wallet_account, wallet.wallet_balance, wallet.wallet_command,
  wallet.wallet_transaction, wallet.wallet_ledger, wallet.wallet_tombstone, wallet.wallet_outbox, cordon.player_balance_log
TO cordon_app;
GRANT UPDATE (status, activated_by, activated_at, retired_at) ON wallet.wallet_topology TO cordon_app;
GRANT UPDATE (status, activated_by, activated_at, retired_at) ON wallet.wallet_policy TO cordon_app;
GRANT UPDATE (balance, version, updated_at) ON wallet.wallet_balance TO cordon_app;
GRANT UPDATE (state, settled_amount, reason, updated_at) ON wallet.wallet_transaction TO cordon_app;
GRANT UPDATE (payload, published_at, attempts, last_error, dead_lettered_at) ON wallet.wallet_outbox TO cordon_app;

RESET ROLE;
