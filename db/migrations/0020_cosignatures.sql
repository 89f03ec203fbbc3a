-- What witnesses said of the logs' checkpoints (docs/operating/witnesses.md). The checkpoint that was signed never changes, so what is added to it has rows of
-- its own.

SET LOCAL ROLE cordon_owner;

CREATE TABLE evidence.log_cosignature (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  ledger text NOT NULL,
  tree_size bigint NOT NULL,
  witness text NOT NULL CHECK (octet_length(witness) BETWEEN 1 AND 255),
  key_id bigint NOT NULL CHECK (key_id BETWEEN 0 AND 4294967295),
  signature bytea NOT NULL CHECK (octet_length(signature) = 72),
  cosigned_at timestamptz NOT NULL,
  -- No foreign key to log_checkpoint: TRUNCATE there is answered by its own trigger, in the words of the runbook. Readers join.
  PRIMARY KEY (brand_id, ledger, tree_size, witness, key_id)
);
SELECT cordon.isolate_by_brand('evidence.log_cosignature');
CREATE INDEX log_cosignature_by_witness ON evidence.log_cosignature (brand_id, ledger, witness, key_id, tree_size);
COMMENT ON TABLE evidence.log_cosignature IS 'Cosignatures of witnesses over the logs'' checkpoints.';
COMMENT ON COLUMN evidence.log_cosignature.brand_id IS 'The brand.';
COMMENT ON COLUMN evidence.log_cosignature.ledger IS 'The ledger.';
COMMENT ON COLUMN evidence.log_cosignature.tree_size IS 'The checkpoint, by its entries.';
COMMENT ON COLUMN evidence.log_cosignature.witness IS 'The name of the key that cosigned.';
COMMENT ON COLUMN evidence.log_cosignature.key_id IS 'The id of that key.';
COMMENT ON COLUMN evidence.log_cosignature.signature IS 'Eight bytes of Unix time, and Ed25519.';
COMMENT ON COLUMN evidence.log_cosignature.cosigned_at IS 'When it was cosigned, as the cosignature says.';

CREATE FUNCTION evidence.log_cosignature_append_only() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  RAISE EXCEPTION 'log_cosignature is append-only; % not permitted on evidence.log_cosignature', TG_OP USING ERRCODE = 'CB002';
END
$$;
COMMENT ON FUNCTION evidence.log_cosignature_append_only() IS 'Trigger: refuses UPDATE, DELETE and TRUNCATE on log_cosignature (CB002).';
CREATE TRIGGER trg_log_cosignature_no_update_delete BEFORE UPDATE OR DELETE ON evidence.log_cosignature
  FOR EACH ROW EXECUTE FUNCTION evidence.log_cosignature_append_only();
CREATE TRIGGER trg_log_cosignature_no_truncate BEFORE TRUNCATE ON evidence.log_cosignature
  FOR EACH STATEMENT EXECUTE FUNCTION evidence.log_cosignature_append_only();
ALTER TABLE evidence.log_cosignature ENABLE ALWAYS TRIGGER trg_log_cosignature_no_update_delete;
ALTER TABLE evidence.log_cosignature ENABLE ALWAYS TRIGGER trg_log_cosignature_no_truncate;

GRANT SELECT ON evidence.log_cosignature TO cordon_app, cordon_audit;
GRANT INSERT ON evidence.log_cosignature TO cordon_app;

-- Evidence of what stands there, as the checkpoints.
CREATE OR REPLACE VIEW evidence.v_written_in_containment WITH (security_invoker = true) AS
SELECT * FROM (VALUES
  ('cordon', 'recovery_audit', 'history'),
  ('cordon', 'player_login', 'history'),
  ('cordon', 'player_session', 'signing in to look, and above all ending sessions'),
  ('cordon', 'player_refresh_token', 'as player_session'),
  ('cordon', 'player_outbox', 'what happened before is still told'),
  ('cordon', 'game_provider_switch', 'a provider can be switched off'),
  ('evidence', 'containment', 'or it could not end'),
  ('evidence', 'log_tile', 'evidence of what stands there'),
  ('evidence', 'log_checkpoint', 'evidence of what stands there'),
  ('evidence', 'log_cosignature', 'evidence of what stands there'),
  ('security', 'cross_brand_detection', 'history'),
  ('wallet', 'wallet_outbox', 'what happened before is still told'),
  ('wallet', 'wallet_check', 'the money is checked on'),
  ('wallet', 'wallet_check_finding', 'the money is checked on')
) AS t (schema_name, table_name, reason);

RESET ROLE;
