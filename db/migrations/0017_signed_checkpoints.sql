-- Ledgers become logs: a Merkle tree over each brand's entries, whose full tiles and signed checkpoints are kept and never change
-- (docs/formats/checkpoint.md, docs/formats/tiles.md).

SET LOCAL ROLE cordon_owner;

CREATE TABLE wallet.log_tile (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  ledger text NOT NULL CHECK (ledger IN ('wallet_ledger')),
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  tile_index bigint NOT NULL CHECK (tile_index >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
  root_hash cordon.sha256_digest NOT NULL,
  PRIMARY KEY (brand_id, ledger, level, tile_index)
);
SELECT cordon.isolate_by_brand('wallet.log_tile');
COMMENT ON TABLE wallet.log_tile IS 'Full tiles of the logs'' Merkle trees. Each is written once, before a checkpoint that needs it.';
COMMENT ON COLUMN wallet.log_tile.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.log_tile.ledger IS 'The ledger whose log it belongs to.';
COMMENT ON COLUMN wallet.log_tile.level IS '0 holds hashes of entries, each level above the roots of full tiles of the one below.';
COMMENT ON COLUMN wallet.log_tile.tile_index IS 'Its place in the level, from 0.';
COMMENT ON COLUMN wallet.log_tile.hashes IS 'Its 256 hashes, 32 bytes each.';
COMMENT ON COLUMN wallet.log_tile.root_hash IS 'The root over them: its hash in the level above.';

CREATE TABLE wallet.log_checkpoint (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  ledger text NOT NULL CHECK (ledger IN ('wallet_ledger')),
  tree_size bigint NOT NULL CHECK (tree_size > 0),
  root_hash cordon.sha256_digest NOT NULL,
  note bytea NOT NULL CHECK (octet_length(note) BETWEEN 1 AND 65536),
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (brand_id, ledger, tree_size)
);
SELECT cordon.isolate_by_brand('wallet.log_checkpoint');
COMMENT ON TABLE wallet.log_checkpoint IS 'What was signed of each log, in the order in which it was. A log only grows.';
COMMENT ON COLUMN wallet.log_checkpoint.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.log_checkpoint.ledger IS 'The ledger.';
COMMENT ON COLUMN wallet.log_checkpoint.tree_size IS 'Entries in the tree.';
COMMENT ON COLUMN wallet.log_checkpoint.root_hash IS 'Root of the tree.';
COMMENT ON COLUMN wallet.log_checkpoint.note IS 'The signed note.';
COMMENT ON COLUMN wallet.log_checkpoint.signed_at IS 'When it was signed, as its cosignature says.';

CREATE FUNCTION wallet.log_tile_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_tile is append-only; % not permitted on wallet.log_tile', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION wallet.log_tile_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on log_tile (CB002).';
CREATE FUNCTION wallet.log_checkpoint_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_checkpoint is append-only; % not permitted on wallet.log_checkpoint', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION wallet.log_checkpoint_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on log_checkpoint (CB002).';
CREATE TRIGGER trg_log_tile_no_update_delete BEFORE UPDATE OR DELETE ON wallet.log_tile
  FOR EACH ROW EXECUTE FUNCTION wallet.log_tile_append_only();
CREATE TRIGGER trg_log_tile_no_truncate BEFORE TRUNCATE ON wallet.log_tile
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.log_tile_append_only();
CREATE TRIGGER trg_log_checkpoint_no_update_delete BEFORE UPDATE OR DELETE ON wallet.log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION wallet.log_checkpoint_append_only();
CREATE TRIGGER trg_log_checkpoint_no_truncate BEFORE TRUNCATE ON wallet.log_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.log_checkpoint_append_only();
ALTER TABLE wallet.log_tile ENABLE ALWAYS TRIGGER trg_log_tile_no_update_delete;
ALTER TABLE wallet.log_tile ENABLE ALWAYS TRIGGER trg_log_tile_no_truncate;
ALTER TABLE wallet.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_no_update_delete;
ALTER TABLE wallet.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_no_truncate;

CREATE FUNCTION wallet.log_checkpoint_grows() RETURNS trigger
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
COMMENT ON FUNCTION wallet.log_checkpoint_grows() IS
  'Trigger: a checkpoint is larger than all before it (CB005), so that a writer who lost its lock without knowing can''t publish behind another.';
CREATE TRIGGER trg_log_checkpoint_grows BEFORE INSERT ON wallet.log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION wallet.log_checkpoint_grows();
ALTER TABLE wallet.log_checkpoint ENABLE ALWAYS TRIGGER trg_log_checkpoint_grows;

GRANT SELECT ON wallet.log_tile, wallet.log_checkpoint TO cordon_app, cordon_audit;
GRANT INSERT ON wallet.log_tile, wallet.log_checkpoint TO cordon_app;

RESET ROLE;
