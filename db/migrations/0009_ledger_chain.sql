-- The ledger becomes a chain per brand: seq counts its entries without a gap, and each entry's hash covers the one before it.
--
-- A batch of commands is one INSERT into each table. What the foreign keys of the ledger's tables looked up row by row (twelve
-- microseconds a command, and a lock on the player's row each time) is looked up once a statement by triggers instead, with the same
-- SQLSTATE. Nothing that they reference can be deleted: no role that works with data may.

SET LOCAL ROLE cordon_owner;

-- The head of each chain --------------------------------------------------------------------------------------------

CREATE TABLE wallet.wallet_chain (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  seq bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
  row_hash cordon.sha256_digest NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
  touched_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id)
);
SELECT cordon.isolate_by_brand('wallet.wallet_chain');
COMMENT ON TABLE wallet.wallet_chain IS
  'The last entry of each brand''s ledger. Whoever writes to a brand''s wallet locks its row first; the ledger''s trigger moves it.';
COMMENT ON COLUMN wallet.wallet_chain.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.wallet_chain.seq IS 'Number of the last entry; 0 before the first.';
COMMENT ON COLUMN wallet.wallet_chain.row_hash IS 'Its row_hash; 32 zero bytes before the first.';
COMMENT ON COLUMN wallet.wallet_chain.touched_at IS
  'Last change. Also set alone, to make a commit that waits for the standby after one whose replication was not awaited.';

-- The hash of an entry (docs/formats/ledger-entry.md) ----------------------------------------------------------------

CREATE FUNCTION wallet.length_prefixed(field bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$ SELECT CASE WHEN field IS NULL THEN '\xffffffff'::bytea ELSE int4send(octet_length(field)) || field END $$;
COMMENT ON FUNCTION wallet.length_prefixed(bytea) IS 'Four bytes of length, most significant first, and the bytes; ff ff ff ff for NULL.';

CREATE FUNCTION wallet.ledger_entry_hash(
  brand_id bigint, seq bigint, prev_hash bytea, request_id text, command text, transaction_id uuid, player_id bigint, account text,
  currency text, amount bigint, balance_after bigint, created_at timestamptz
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $$
  SELECT sha256(
    convert_to(E'cordon wallet ledger 1\n', 'UTF8')
    || wallet.length_prefixed(int8send(brand_id))
    || wallet.length_prefixed(int8send(seq))
    || wallet.length_prefixed(prev_hash)
    || wallet.length_prefixed(convert_to(request_id, 'UTF8'))
    || wallet.length_prefixed(convert_to(command, 'UTF8'))
    || wallet.length_prefixed(uuid_send(transaction_id))
    || wallet.length_prefixed(int8send(player_id))
    || wallet.length_prefixed(convert_to(account, 'UTF8'))
    || wallet.length_prefixed(convert_to(currency, 'UTF8'))
    || wallet.length_prefixed(int8send(amount))
    || wallet.length_prefixed(int8send(balance_after))
    || wallet.length_prefixed(int8send((extract(epoch FROM created_at) * 1000000)::bigint)))
$$;
COMMENT ON FUNCTION wallet.ledger_entry_hash(bigint, bigint, bytea, text, text, uuid, bigint, text, text, bigint, bigint, timestamptz) IS
  'row_hash of a ledger entry with these values: SHA-256 over the layout of docs/formats/ledger-entry.md. A second opinion beside the program''s.';

-- The entries ---------------------------------------------------------------------------------------------------------

ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER trg_wallet_ledger_no_update_delete;
ALTER TABLE wallet.wallet_ledger ALTER COLUMN entry_id DROP IDENTITY;
ALTER TABLE wallet.wallet_ledger RENAME COLUMN entry_id TO seq;
ALTER TABLE wallet.wallet_ledger DROP CONSTRAINT wallet_ledger_pkey;
ALTER TABLE wallet.wallet_ledger ADD COLUMN prev_hash cordon.sha256_digest;
ALTER TABLE wallet.wallet_ledger ADD COLUMN row_hash cordon.sha256_digest;

-- Bets and withdrawals keep which buckets gave the money, so that undoing one reads no entries.
ALTER TABLE wallet.wallet_transaction ADD COLUMN part_buckets text[] NOT NULL DEFAULT '{}';
ALTER TABLE wallet.wallet_transaction ADD COLUMN part_amounts bigint[] NOT NULL DEFAULT '{}';

ALTER TABLE wallet.wallet_transaction DISABLE TRIGGER trg_wallet_transaction_transition;
DO $$
DECLARE
  brand bigint;
  entry record;
  position bigint;
  head bytea;
  digest bytea;
BEGIN
  FOR brand IN SELECT b.brand_id FROM cordon.brand AS b ORDER BY 1 LOOP
    PERFORM set_config('app.brand_id', brand::text, true);
    position := 0;
    head := decode(repeat('00', 32), 'hex');
    FOR entry IN SELECT l.ctid, l.* FROM wallet.wallet_ledger AS l WHERE l.brand_id = brand ORDER BY l.seq LOOP
      position := position + 1;
      digest := wallet.ledger_entry_hash(
        brand, position, head, entry.request_id, entry.command, entry.transaction_id, entry.player_id, entry.account, entry.currency,
        entry.amount, entry.balance_after, entry.created_at);
      UPDATE wallet.wallet_ledger AS l SET seq = position, prev_hash = head, row_hash = digest WHERE l.ctid = entry.ctid;
      head := digest;
    END LOOP;
    INSERT INTO wallet.wallet_chain (brand_id, seq, row_hash) VALUES (brand, position, head);
    UPDATE wallet.wallet_transaction AS t SET part_buckets = given.buckets, part_amounts = given.amounts
    FROM (
      SELECT l.transaction_id, array_agg(l.account ORDER BY l.seq) AS buckets, array_agg(-l.amount ORDER BY l.seq) AS amounts
      FROM wallet.wallet_ledger AS l
      WHERE l.brand_id = brand AND l.player_id IS NOT NULL AND l.amount < 0
      GROUP BY l.transaction_id
    ) AS given
    WHERE t.brand_id = brand AND t.transaction_id = given.transaction_id;
  END LOOP;
  PERFORM set_config('app.brand_id', '', true);
END
$$;
ALTER TABLE wallet.wallet_transaction ENABLE TRIGGER trg_wallet_transaction_transition;
ALTER TABLE wallet.wallet_transaction ADD CONSTRAINT wallet_transaction_parts_check
  CHECK (cardinality(part_buckets) = cardinality(part_amounts));
COMMENT ON COLUMN wallet.wallet_transaction.part_buckets IS 'Buckets that gave the amount, in their order; empty where none did.';
COMMENT ON COLUMN wallet.wallet_transaction.part_amounts IS 'Minor units that each of them gave.';

ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_no_update_delete;
ALTER TABLE wallet.wallet_ledger ALTER COLUMN prev_hash SET NOT NULL;
ALTER TABLE wallet.wallet_ledger ALTER COLUMN row_hash SET NOT NULL;
ALTER TABLE wallet.wallet_ledger ADD CONSTRAINT wallet_ledger_pkey PRIMARY KEY (brand_id, seq);
ALTER TABLE wallet.wallet_ledger ADD CONSTRAINT wallet_ledger_seq_check CHECK (seq > 0);
COMMENT ON COLUMN wallet.wallet_ledger.seq IS 'Number of the entry in its brand''s ledger, from 1, without a gap.';
COMMENT ON COLUMN wallet.wallet_ledger.prev_hash IS 'row_hash of the entry before it; 32 zero bytes for the first.';
COMMENT ON COLUMN wallet.wallet_ledger.row_hash IS 'SHA-256 over every other column (docs/formats/ledger-entry.md).';
COMMENT ON COLUMN wallet.wallet_ledger.created_at IS 'When the batch that moved the money was decided.';

-- References by statement instead of by row ----------------------------------------------------------------------------

ALTER TABLE wallet.wallet_ledger DROP CONSTRAINT wallet_ledger_brand_id_request_id_fkey;
ALTER TABLE wallet.wallet_ledger DROP CONSTRAINT wallet_ledger_brand_id_transaction_id_fkey;
ALTER TABLE wallet.wallet_ledger DROP CONSTRAINT wallet_ledger_brand_id_player_id_fkey;
ALTER TABLE wallet.wallet_transaction DROP CONSTRAINT wallet_transaction_brand_id_request_id_fkey;
ALTER TABLE wallet.wallet_transaction DROP CONSTRAINT wallet_transaction_brand_id_player_id_fkey;
ALTER TABLE wallet.wallet_command DROP CONSTRAINT wallet_command_brand_id_player_id_fkey;
DROP INDEX wallet.wallet_ledger_transaction_idx;

-- OFFSET 0 keeps a test that a row exists from becoming a join: a plan made while the table was small must not read the whole table later.
CREATE FUNCTION wallet.wallet_command_entered() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  bad record;
BEGIN
  SELECT e.brand_id, e.player_id INTO bad
  FROM entered AS e
  WHERE e.player_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM cordon.player AS p WHERE p.brand_id = e.brand_id AND p.player_id = e.player_id OFFSET 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_command: brand % has no player %', bad.brand_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_command_player_exists';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_wallet_command_entered AFTER INSERT ON wallet.wallet_command
  REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_command_entered();
ALTER TABLE wallet.wallet_command ENABLE ALWAYS TRIGGER trg_wallet_command_entered;
COMMENT ON FUNCTION wallet.wallet_command_entered() IS 'Trigger: the players of the commands that one INSERT enters exist in their brand (23503).';

CREATE FUNCTION wallet.wallet_transaction_entered() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  bad record;
BEGIN
  SELECT e.brand_id, e.request_id, e.player_id INTO bad
  FROM entered AS e
  WHERE NOT EXISTS (
    SELECT FROM wallet.wallet_command AS c
    WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id OFFSET 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_transaction: brand % has no command % of player %', bad.brand_id, bad.request_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_transaction_command_exists';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_wallet_transaction_entered AFTER INSERT ON wallet.wallet_transaction
  REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_transaction_entered();
ALTER TABLE wallet.wallet_transaction ENABLE ALWAYS TRIGGER trg_wallet_transaction_entered;
COMMENT ON FUNCTION wallet.wallet_transaction_entered() IS
  'Trigger: each transaction that one INSERT enters was begun by a command of the same brand and player (23503).';

DROP TRIGGER trg_wallet_ledger_balanced ON wallet.wallet_ledger;
DROP FUNCTION wallet.wallet_ledger_balanced();
CREATE FUNCTION wallet.wallet_ledger_entered() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  sound boolean;
  bad record;
BEGIN
  -- One pass decides; what follows only finds out what to say.
  SELECT bool_and(
    e.total = 0
    AND CASE
      WHEN e.player_id IS NULL THEN EXISTS (
        SELECT FROM wallet.wallet_account AS a WHERE a.brand_id = e.brand_id AND a.account = e.account OFFSET 0)
      ELSE EXISTS (
        SELECT FROM wallet.wallet_command AS c
        WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id OFFSET 0)
      END
    AND CASE
      WHEN e.seq_before IS NULL THEN EXISTS (
        SELECT FROM wallet.wallet_chain AS c
        WHERE c.brand_id = e.brand_id AND c.seq = e.seq - 1 AND c.row_hash = e.prev_hash OFFSET 0)
      ELSE e.seq_before = e.seq - 1 AND e.hash_before = e.prev_hash
      END
  ) INTO sound
  FROM (
    SELECT n.brand_id, n.seq, n.prev_hash, n.request_id, n.player_id, n.account,
      lag(n.seq) OVER follows AS seq_before, lag(n.row_hash) OVER follows AS hash_before,
      sum(n.amount) OVER (PARTITION BY n.brand_id, n.request_id, n.currency) AS total
    FROM entered AS n
    WINDOW follows AS (PARTITION BY n.brand_id ORDER BY n.seq)
  ) AS e;
  IF sound IS NULL THEN
    RETURN NULL;
  ELSIF sound THEN
    UPDATE wallet.wallet_chain AS c SET seq = last.seq, row_hash = last.row_hash, touched_at = clock_timestamp()
    FROM (SELECT DISTINCT ON (e.brand_id) e.brand_id, e.seq, e.row_hash FROM entered AS e ORDER BY e.brand_id, e.seq DESC) AS last
    WHERE c.brand_id = last.brand_id;
    RETURN NULL;
  END IF;

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
  FROM entered AS e
  WHERE e.player_id IS NULL
    AND NOT EXISTS (SELECT FROM wallet.wallet_account AS a WHERE a.brand_id = e.brand_id AND a.account = e.account)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no account %', bad.brand_id, bad.account
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_account_exists';
  END IF;
  SELECT e.brand_id, e.request_id, e.player_id INTO bad
  FROM entered AS e
  WHERE e.player_id IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM wallet.wallet_command AS c
      WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no command % of player %', bad.brand_id, bad.request_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_command_exists';
  END IF;
  RAISE EXCEPTION 'wallet_ledger: the entries of request % do not follow the last one of their brand', (SELECT min(e.request_id) FROM entered AS e)
    USING ERRCODE = 'CB005', CONSTRAINT = 'wallet_ledger_chained';
END
$$;
CREATE TRIGGER trg_wallet_ledger_entered AFTER INSERT ON wallet.wallet_ledger
  REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_ledger_entered();
ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_entered;
COMMENT ON FUNCTION wallet.wallet_ledger_entered() IS
  'Trigger: what one INSERT enters sums to zero for each command and currency (CB004), names commands and accounts of its brand (23503) and continues the chain (CB005), whose head it moves.';

-- Keys under another brand, for a whole batch ---------------------------------------------------------------------------

CREATE FUNCTION cordon.row_brands(kind text, keys text[]) RETURNS TABLE (key text, found_brand_id bigint)
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  own_brand bigint := cordon.current_brand_id();
BEGIN
  IF kind <> 'wallet_command' THEN
    RETURN QUERY SELECT asked.key, found.brand FROM unnest(keys) AS asked (key)
      CROSS JOIN LATERAL (SELECT cordon.row_brand(row_brands.kind, asked.key) AS brand) AS found
      WHERE found.brand IS NOT NULL;
    RETURN;
  END IF;
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT asked.key, (
        SELECT c.brand_id FROM wallet.wallet_command AS c
        WHERE c.request_id = asked.key AND c.brand_id <> own_brand ORDER BY c.brand_id LIMIT 1) AS brand
      FROM unnest(keys) AS asked (key)
    ), foreigners AS MATERIALIZED (
      SELECT f.key, f.brand FROM found AS f
      WHERE f.brand IS NOT NULL
        AND NOT EXISTS (SELECT FROM wallet.wallet_command AS o WHERE o.brand_id = own_brand AND o.request_id = f.key)
    ), recorded AS (
      INSERT INTO security.cross_brand_detection (brand_id, kind, key, found_brand_id)
      SELECT own_brand, row_brands.kind, f.key, f.brand FROM foreigners AS f
    )
    SELECT f.key, f.brand FROM foreigners AS f;
END
$$;
COMMENT ON FUNCTION cordon.row_brands(text, text[]) IS
  'row_brand for many keys at once: those that another brand has and this one has not, each recorded in security.cross_brand_detection.';
GRANT EXECUTE ON FUNCTION cordon.row_brands(text, text[]) TO cordon_app;
GRANT CREATE ON SCHEMA cordon TO cordon_detector;
ALTER FUNCTION cordon.row_brands(text, text[]) OWNER TO cordon_detector;
REVOKE CREATE ON SCHEMA cordon FROM cordon_detector;

GRANT EXECUTE ON FUNCTION wallet.length_prefixed(bytea) TO cordon_app, cordon_audit;
GRANT EXECUTE ON FUNCTION
  wallet.ledger_entry_hash(bigint, bigint, bytea, text, text, uuid, bigint, text, text, bigint, bigint, timestamptz)
TO cordon_app, cordon_audit;
GRANT SELECT ON wallet.wallet_chain TO cordon_app, cordon_audit;
GRANT INSERT (brand_id) ON wallet.wallet_chain TO cordon_app;
GRANT UPDATE (seq, row_hash, touched_at) ON wallet.wallet_chain TO cordon_app;

RESET ROLE;
