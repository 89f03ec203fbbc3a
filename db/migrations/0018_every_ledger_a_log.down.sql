SET LOCAL ROLE cordon_owner;

DROP TRIGGER trg_admin_audit_chain ON cordon.admin_audit;
DROP TRIGGER trg_recovery_audit_chain ON cordon.recovery_audit;
DROP TRIGGER trg_player_balance_log_chain ON cordon.player_balance_log;
DROP FUNCTION cordon.admin_audit_chain();
DROP FUNCTION cordon.recovery_audit_chain();
DROP FUNCTION cordon.player_balance_log_chain();
DROP FUNCTION cordon.admin_audit_bytes(cordon.admin_audit);
DROP FUNCTION cordon.recovery_audit_bytes(cordon.recovery_audit);
DROP FUNCTION cordon.player_balance_log_bytes(cordon.player_balance_log);
ALTER TABLE cordon.admin_audit DROP COLUMN seq, DROP COLUMN prev_hash, DROP COLUMN row_hash;
ALTER TABLE cordon.recovery_audit DROP COLUMN seq, DROP COLUMN prev_hash, DROP COLUMN row_hash;
ALTER TABLE cordon.player_balance_log DROP COLUMN seq, DROP COLUMN prev_hash, DROP COLUMN row_hash;
DROP FUNCTION evidence.close_chain(regclass);
DROP FUNCTION evidence.chain_ledger(regclass, text);

DROP TABLE evidence.platform_log_tile;
DROP TABLE evidence.platform_log_checkpoint;
DROP FUNCTION evidence.platform_log_tile_append_only();
DROP FUNCTION evidence.platform_log_checkpoint_append_only();
DROP FUNCTION evidence.platform_log_checkpoint_grows();

-- What was signed of the other ledgers has no place in the older schema.
ALTER TABLE evidence.log_tile DISABLE TRIGGER trg_log_tile_no_update_delete;
ALTER TABLE evidence.log_checkpoint DISABLE TRIGGER trg_log_checkpoint_no_update_delete;
DO $$
DECLARE
  scope bigint;
BEGIN
  FOR scope IN SELECT b.brand_id FROM cordon.brand AS b LOOP
    PERFORM set_config('app.brand_id', scope::text, true);
    DELETE FROM evidence.log_tile WHERE brand_id = scope AND ledger <> 'wallet_ledger';
    DELETE FROM evidence.log_checkpoint WHERE brand_id = scope AND ledger <> 'wallet_ledger';
  END LOOP;
  PERFORM set_config('app.brand_id', '', true);
END
$$;
ALTER TABLE evidence.log_tile ENABLE ALWAYS TRIGGER trg_log_tile_no_update_delete;
ALTER TABLE evidence.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_no_update_delete;
ALTER TABLE evidence.log_tile ALTER COLUMN ledger TYPE text,
  ADD CONSTRAINT log_tile_ledger_check CHECK (ledger IN ('wallet_ledger'));
ALTER TABLE evidence.log_checkpoint ALTER COLUMN ledger TYPE text,
  ADD CONSTRAINT log_checkpoint_ledger_check CHECK (ledger IN ('wallet_ledger'));
DROP DOMAIN evidence.ledger_name;

ALTER TABLE evidence.log_tile SET SCHEMA wallet;
ALTER TABLE evidence.log_checkpoint SET SCHEMA wallet;
ALTER FUNCTION evidence.log_tile_append_only() SET SCHEMA wallet;
ALTER FUNCTION evidence.log_checkpoint_append_only() SET SCHEMA wallet;
ALTER FUNCTION evidence.log_checkpoint_grows() SET SCHEMA wallet;
CREATE OR REPLACE FUNCTION wallet.log_tile_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_tile is append-only; % not permitted on wallet.log_tile', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE OR REPLACE FUNCTION wallet.log_checkpoint_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_checkpoint is append-only; % not permitted on wallet.log_checkpoint', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE OR REPLACE FUNCTION wallet.log_checkpoint_grows() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF EXISTS (
    SELECT FROM wallet.log_checkpoint AS c
    WHERE c.brand_id = NEW.brand_id AND c.ledger = NEW.ledger AND c.tree_size >= NEW.tree_size) THEN
    RAISE EXCEPTION 'log_checkpoint: the log of brand % is signed beyond % already', NEW.brand_id, NEW.tree_size USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;

ALTER DEFAULT PRIVILEGES IN SCHEMA evidence REVOKE SELECT ON TABLES FROM cordon_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA evidence REVOKE SELECT ON SEQUENCES FROM cordon_backup;
DROP SCHEMA evidence;

RESET ROLE;
