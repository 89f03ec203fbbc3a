-- Every append-only ledger becomes a chain, and so a log: the audits and the old history of balances as the wallet's ledger before them
-- (docs/formats/ledger-entry.md). What is signed of logs moves to a schema of its own.

SET LOCAL ROLE cordon_owner;

CREATE SCHEMA evidence;
COMMENT ON SCHEMA evidence IS 'What is signed of the ledgers: tiles and checkpoints of their logs.';
REVOKE ALL ON SCHEMA evidence FROM PUBLIC;
GRANT USAGE ON SCHEMA evidence TO cordon_app, cordon_audit, cordon_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA evidence GRANT SELECT ON TABLES TO cordon_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA evidence GRANT SELECT ON SEQUENCES TO cordon_backup;

-- What is signed -------------------------------------------------------------------------------------------------------

ALTER TABLE wallet.log_tile SET SCHEMA evidence;
ALTER TABLE wallet.log_checkpoint SET SCHEMA evidence;
ALTER FUNCTION wallet.log_tile_append_only() SET SCHEMA evidence;
ALTER FUNCTION wallet.log_checkpoint_append_only() SET SCHEMA evidence;
ALTER FUNCTION wallet.log_checkpoint_grows() SET SCHEMA evidence;

CREATE DOMAIN evidence.ledger_name AS text
  CHECK (VALUE IN ('admin_audit', 'player_balance_log', 'recovery_audit', 'wallet_ledger'));
COMMENT ON DOMAIN evidence.ledger_name IS 'A ledger that is a log.';
ALTER TABLE evidence.log_tile DROP CONSTRAINT log_tile_ledger_check, ALTER COLUMN ledger TYPE evidence.ledger_name;
ALTER TABLE evidence.log_checkpoint DROP CONSTRAINT log_checkpoint_ledger_check, ALTER COLUMN ledger TYPE evidence.ledger_name;

CREATE OR REPLACE FUNCTION evidence.log_tile_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_tile is append-only; % not permitted on evidence.log_tile', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE OR REPLACE FUNCTION evidence.log_checkpoint_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_checkpoint is append-only; % not permitted on evidence.log_checkpoint', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE OR REPLACE FUNCTION evidence.log_checkpoint_grows() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF EXISTS (
    SELECT FROM evidence.log_checkpoint AS c
    WHERE c.brand_id = NEW.brand_id AND c.ledger = NEW.ledger AND c.tree_size >= NEW.tree_size) THEN
    RAISE EXCEPTION 'log_checkpoint: the log of brand % is signed beyond % already', NEW.brand_id, NEW.tree_size USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;

-- The platform's own acts are a log too. It belongs to no brand, so that its tables know none.
CREATE TABLE evidence.platform_log_tile (
  ledger evidence.ledger_name NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  tile_index bigint NOT NULL CHECK (tile_index >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
  root_hash cordon.sha256_digest NOT NULL,
  PRIMARY KEY (ledger, level, tile_index)
);
COMMENT ON TABLE evidence.platform_log_tile IS 'As log_tile, of the logs of acts on the platform itself.';
COMMENT ON COLUMN evidence.platform_log_tile.ledger IS 'The ledger whose rows without a brand are the log.';
COMMENT ON COLUMN evidence.platform_log_tile.level IS '0 holds hashes of entries, each level above the roots of full tiles of the one below.';
COMMENT ON COLUMN evidence.platform_log_tile.tile_index IS 'Its place in the level, from 0.';
COMMENT ON COLUMN evidence.platform_log_tile.hashes IS 'Its 256 hashes, 32 bytes each.';
COMMENT ON COLUMN evidence.platform_log_tile.root_hash IS 'The root over them: its hash in the level above.';

CREATE TABLE evidence.platform_log_checkpoint (
  ledger evidence.ledger_name NOT NULL,
  tree_size bigint NOT NULL CHECK (tree_size > 0),
  root_hash cordon.sha256_digest NOT NULL,
  note bytea NOT NULL CHECK (octet_length(note) BETWEEN 1 AND 65536),
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (ledger, tree_size)
);
COMMENT ON TABLE evidence.platform_log_checkpoint IS 'As log_checkpoint, of the logs of acts on the platform itself.';
COMMENT ON COLUMN evidence.platform_log_checkpoint.ledger IS 'The ledger.';
COMMENT ON COLUMN evidence.platform_log_checkpoint.tree_size IS 'Entries in the tree.';
COMMENT ON COLUMN evidence.platform_log_checkpoint.root_hash IS 'Root of the tree.';
COMMENT ON COLUMN evidence.platform_log_checkpoint.note IS 'The signed note.';
COMMENT ON COLUMN evidence.platform_log_checkpoint.signed_at IS 'When it was signed, as its cosignature says.';

CREATE FUNCTION evidence.platform_log_tile_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'platform_log_tile is append-only; % not permitted on evidence.platform_log_tile', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.platform_log_tile_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on platform_log_tile (CB002).';
CREATE FUNCTION evidence.platform_log_checkpoint_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'platform_log_checkpoint is append-only; % not permitted on evidence.platform_log_checkpoint', TG_OP
    USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.platform_log_checkpoint_append_only() IS
  'Trigger: refuses UPDATE, DELETE and TRUNCATE on platform_log_checkpoint (CB002).';
CREATE TRIGGER trg_platform_log_tile_no_update_delete BEFORE UPDATE OR DELETE ON evidence.platform_log_tile
  FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_tile_append_only();
CREATE TRIGGER trg_platform_log_tile_no_truncate BEFORE TRUNCATE ON evidence.platform_log_tile
  FOR EACH STATEMENT EXECUTE FUNCTION evidence.platform_log_tile_append_only();
CREATE TRIGGER trg_platform_log_checkpoint_no_update_delete BEFORE UPDATE OR DELETE ON evidence.platform_log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_checkpoint_append_only();
CREATE TRIGGER trg_platform_log_checkpoint_no_truncate BEFORE TRUNCATE ON evidence.platform_log_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION evidence.platform_log_checkpoint_append_only();
ALTER TABLE evidence.platform_log_tile ENABLE ALWAYS TRIGGER trg_platform_log_tile_no_update_delete;
ALTER TABLE evidence.platform_log_tile ENABLE ALWAYS TRIGGER trg_platform_log_tile_no_truncate;
ALTER TABLE evidence.platform_log_checkpoint ENABLE ALWAYS TRIGGER trg_platform_log_checkpoint_no_update_delete;
ALTER TABLE evidence.platform_log_checkpoint ENABLE ALWAYS TRIGGER trg_platform_log_checkpoint_no_truncate;

CREATE FUNCTION evidence.platform_log_checkpoint_grows() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF EXISTS (
    SELECT FROM evidence.platform_log_checkpoint AS c WHERE c.ledger = NEW.ledger AND c.tree_size >= NEW.tree_size) THEN
    RAISE EXCEPTION 'platform_log_checkpoint: the log is signed beyond % already', NEW.tree_size USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION evidence.platform_log_checkpoint_grows() IS 'Trigger: as log_checkpoint_grows.';
CREATE TRIGGER trg_platform_log_checkpoint_grows BEFORE INSERT ON evidence.platform_log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION evidence.platform_log_checkpoint_grows();
ALTER TABLE evidence.platform_log_checkpoint ENABLE ALWAYS TRIGGER trg_platform_log_checkpoint_grows;

GRANT SELECT ON evidence.platform_log_tile, evidence.platform_log_checkpoint TO cordon_app, cordon_audit;
GRANT INSERT ON evidence.platform_log_tile, evidence.platform_log_checkpoint TO cordon_app;

-- The chains -----------------------------------------------------------------------------------------------------------

CREATE FUNCTION evidence.chain_ledger(target regclass, title text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $chain$
DECLARE
  ledger text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = target);
  space text := (SELECT c.relnamespace::regnamespace::text FROM pg_class AS c WHERE c.oid = target);
  has_platform boolean := (
    SELECT NOT a.attnotnull FROM pg_attribute AS a WHERE a.attrelid = target AND a.attname = 'brand_id');
  fields text;
BEGIN
  EXECUTE format(
    'ALTER TABLE %s ADD COLUMN seq bigint, ADD COLUMN prev_hash cordon.sha256_digest, ADD COLUMN row_hash cordon.sha256_digest', target);
  EXECUTE format('COMMENT ON COLUMN %s.seq IS %L', target, 'Number of the row in its brand''s log, from 1, without a gap.');
  EXECUTE format('COMMENT ON COLUMN %s.prev_hash IS %L', target, 'row_hash of the row before it; 32 zero bytes for the first.');
  EXECUTE format(
    'COMMENT ON COLUMN %s.row_hash IS %L', target, 'SHA-256 over every other column (docs/formats/ledger-entry.md).');

  SELECT string_agg('wallet.length_prefixed(' || f.bytes || ')', ' || ' ORDER BY f.place) INTO fields
  FROM (
    SELECT
      CASE a.attname WHEN 'brand_id' THEN -3 WHEN 'seq' THEN -2 WHEN 'prev_hash' THEN -1 ELSE a.attnum END AS place,
      format(
        CASE coalesce(nullif(t.typbasetype, 0), t.oid)::regtype::text
          WHEN 'bigint' THEN 'int8send(entry.%1$I)'
          WHEN 'text' THEN 'convert_to(entry.%1$I, ''UTF8'')'
          WHEN 'jsonb' THEN 'convert_to(entry.%1$I::text, ''UTF8'')'
          WHEN 'bytea' THEN 'entry.%1$I'
          WHEN 'timestamp with time zone' THEN 'int8send((extract(epoch FROM entry.%1$I) * 1000000)::bigint)'
          -- No function comes of this: a column that isn't hashed can't be overlooked.
          ELSE 'no bytes of %1$I'
        END, a.attname) AS bytes
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'row_hash'
  ) AS f;

  -- brand-global: migration: makes a function that reads no table
  EXECUTE format(
    $body$
    CREATE FUNCTION %1$I.%2$I(entry %3$s) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog
    AS $$ SELECT convert_to(%4$L || chr(10), 'UTF8') || %5$s $$
    $body$, space, ledger || '_bytes', target, title, fields);
  EXECUTE format(
    'COMMENT ON FUNCTION %1$I.%2$I(%3$s) IS %4$L', space, ledger || '_bytes', target,
    'The bytes that row_hash is the SHA-256 of. A second opinion beside the program''s.');
  EXECUTE format('GRANT EXECUTE ON FUNCTION %1$I.%2$I(%3$s) TO cordon_app, cordon_audit', space, ledger || '_bytes', target);

  -- The rows are the chain's head as well: none can be deleted. One writer at a time, until its transaction ends; whoever reads the
  -- last row as of an earlier moment (REPEATABLE READ) is refused by the unique index instead of forking the chain.
  -- brand-global: migration: makes a trigger, which reads the rows of the new row's own brand, or those without one for a row without one
  EXECUTE format(
    $body$
    CREATE FUNCTION %1$I.%2$I() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
    AS $$
    DECLARE
      bytes bytea;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('chain:%3$s', coalesce(NEW.brand_id, 0)));
      %5$s
      SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
      FROM %4$s AS l WHERE l.brand_id = NEW.brand_id ORDER BY l.seq DESC LIMIT 1;
      %6$s
      NEW.seq := coalesce(NEW.seq, 1);
      NEW.prev_hash := coalesce(NEW.prev_hash, decode(repeat('00', 32), 'hex'));
      bytes := %1$I.%7$I(NEW);
      IF octet_length(bytes) > 65535 THEN
        RAISE EXCEPTION '%3$s: an entry has at most 65535 bytes, not %%', octet_length(bytes) USING ERRCODE = 'CB006';
      END IF;
      NEW.row_hash := sha256(bytes);
      RETURN NEW;
    END
    $$
    $body$, space, ledger || '_chain', ledger, target,
    CASE WHEN has_platform THEN 'IF NEW.brand_id IS NOT NULL THEN' END,
    CASE WHEN has_platform THEN format(
      $platform$ELSE
        SELECT l.seq + 1, l.row_hash INTO NEW.seq, NEW.prev_hash
        FROM %s AS l WHERE l.brand_id IS NULL ORDER BY l.seq DESC LIMIT 1;
      END IF;$platform$, target) END,
    ledger || '_bytes');
  EXECUTE format(
    'COMMENT ON FUNCTION %1$I.%2$I() IS %3$L', space, ledger || '_chain',
    'Trigger: gives a new row its number and its hashes, whatever the writer said of them. CB006 for a row that no log can hold.');
END
$chain$;
COMMENT ON FUNCTION evidence.chain_ledger(regclass, text) IS
  'Makes an append-only table with brand_id a chain: seq, prev_hash and row_hash, and the functions that keep them. Every migration that makes a ledger calls it, then evidence.close_chain; only the owner can.';

CREATE FUNCTION evidence.close_chain(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $close$
DECLARE
  ledger text := (SELECT c.relname FROM pg_class AS c WHERE c.oid = target);
  space text := (SELECT c.relnamespace::regnamespace::text FROM pg_class AS c WHERE c.oid = target);
BEGIN
  EXECUTE format(
    'ALTER TABLE %s ALTER COLUMN seq SET NOT NULL, ALTER COLUMN prev_hash SET NOT NULL, ALTER COLUMN row_hash SET NOT NULL', target);
  EXECUTE format('CREATE UNIQUE INDEX %I ON %s (brand_id, seq) NULLS NOT DISTINCT', ledger || '_seq_idx', target);
  EXECUTE format(
    'CREATE TRIGGER %I BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %I.%I()', 'trg_' || ledger || '_chain', target, space,
    ledger || '_chain');
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', target, 'trg_' || ledger || '_chain');
END
$close$;
COMMENT ON FUNCTION evidence.close_chain(regclass) IS 'What chain_ledger leaves for when the rows that were there have their numbers.';

SELECT evidence.chain_ledger('cordon.admin_audit', 'cordon admin audit 2');
SELECT evidence.chain_ledger('cordon.recovery_audit', 'cordon recovery audit 2');
SELECT evidence.chain_ledger('cordon.player_balance_log', 'cordon player balance log 2');

-- The rows that are there, in the order in which they were numbered.
ALTER TABLE cordon.admin_audit DISABLE TRIGGER trg_admin_audit_no_update_delete;
ALTER TABLE cordon.recovery_audit DISABLE TRIGGER trg_recovery_audit_no_update_delete;
ALTER TABLE cordon.player_balance_log DISABLE TRIGGER trg_player_balance_log_no_update_delete;
DO $$
DECLARE
  scope bigint;
  entry record;
  place bigint;
  head bytea;
BEGIN
  FOR scope IN SELECT NULL UNION ALL (SELECT b.brand_id FROM cordon.brand AS b ORDER BY 1) LOOP
    PERFORM set_config('app.brand_id', coalesce(scope::text, ''), true);
    place := 0;
    head := decode(repeat('00', 32), 'hex');
    FOR entry IN SELECT a.audit_id FROM cordon.admin_audit AS a WHERE a.brand_id IS NOT DISTINCT FROM scope ORDER BY a.audit_id LOOP
      place := place + 1;
      UPDATE cordon.admin_audit AS a SET seq = place, prev_hash = head WHERE a.audit_id = entry.audit_id;
      UPDATE cordon.admin_audit AS a SET row_hash = sha256(cordon.admin_audit_bytes(a)) WHERE a.audit_id = entry.audit_id
      RETURNING a.row_hash INTO head;
    END LOOP;
    CONTINUE WHEN scope IS NULL;
    place := 0;
    head := decode(repeat('00', 32), 'hex');
    FOR entry IN SELECT a.recovery_audit_id FROM cordon.recovery_audit AS a WHERE a.brand_id = scope ORDER BY 1 LOOP
      place := place + 1;
      UPDATE cordon.recovery_audit AS a SET seq = place, prev_hash = head
      WHERE a.brand_id = scope AND a.recovery_audit_id = entry.recovery_audit_id;
      UPDATE cordon.recovery_audit AS a SET row_hash = sha256(cordon.recovery_audit_bytes(a))
      WHERE a.brand_id = scope AND a.recovery_audit_id = entry.recovery_audit_id RETURNING a.row_hash INTO head;
    END LOOP;
    place := 0;
    head := decode(repeat('00', 32), 'hex');
    FOR entry IN SELECT l.log_id FROM cordon.player_balance_log AS l WHERE l.brand_id = scope ORDER BY 1 LOOP
      place := place + 1;
      UPDATE cordon.player_balance_log AS l SET seq = place, prev_hash = head WHERE l.brand_id = scope AND l.log_id = entry.log_id;
      UPDATE cordon.player_balance_log AS l SET row_hash = sha256(cordon.player_balance_log_bytes(l))
      WHERE l.brand_id = scope AND l.log_id = entry.log_id RETURNING l.row_hash INTO head;
    END LOOP;
  END LOOP;
  PERFORM set_config('app.brand_id', '', true);
END
$$;
ALTER TABLE cordon.admin_audit ENABLE ALWAYS TRIGGER trg_admin_audit_no_update_delete;
ALTER TABLE cordon.recovery_audit ENABLE ALWAYS TRIGGER trg_recovery_audit_no_update_delete;
ALTER TABLE cordon.player_balance_log ENABLE ALWAYS TRIGGER trg_player_balance_log_no_update_delete;

SELECT evidence.close_chain('cordon.admin_audit');
SELECT evidence.close_chain('cordon.recovery_audit');
SELECT evidence.close_chain('cordon.player_balance_log');

RESET ROLE;
