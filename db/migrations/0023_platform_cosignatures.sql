-- What witnesses said of the platform's own logs (docs/operating/witnesses.md), as log_cosignature has it of the brands', and a count of what
-- the newest ledgers refuse (S4-INT-05).

SET LOCAL ROLE cordon_owner;

CREATE TABLE evidence.platform_log_cosignature (
  ledger text NOT NULL,
  tree_size bigint NOT NULL,
  witness text NOT NULL CHECK (octet_length(witness) BETWEEN 1 AND 255),
  key_id bigint NOT NULL CHECK (key_id BETWEEN 0 AND 4294967295),
  signature bytea NOT NULL CHECK (octet_length(signature) = 72),
  cosigned_at timestamptz NOT NULL,
  PRIMARY KEY (ledger, tree_size, witness, key_id)
);
CREATE INDEX platform_log_cosignature_by_witness ON evidence.platform_log_cosignature (ledger, witness, key_id, tree_size);
COMMENT ON TABLE evidence.platform_log_cosignature IS 'As log_cosignature, of the logs of acts on the platform itself.';
COMMENT ON COLUMN evidence.platform_log_cosignature.ledger IS 'The ledger.';
COMMENT ON COLUMN evidence.platform_log_cosignature.tree_size IS 'The checkpoint, by its entries.';
COMMENT ON COLUMN evidence.platform_log_cosignature.witness IS 'The name of the key that cosigned.';
COMMENT ON COLUMN evidence.platform_log_cosignature.key_id IS 'The id of that key.';
COMMENT ON COLUMN evidence.platform_log_cosignature.signature IS 'Eight bytes of Unix time, and Ed25519.';
COMMENT ON COLUMN evidence.platform_log_cosignature.cosigned_at IS 'When it was cosigned, as the cosignature says.';

GRANT SELECT ON evidence.platform_log_cosignature TO cordon_app, cordon_audit;
GRANT INSERT ON evidence.platform_log_cosignature TO cordon_app;

-- The ledgers of the migration before this one count what they refuse, as all others do.
DO $$
DECLARE
  target regclass;
BEGIN
  FOREACH target IN ARRAY ARRAY[
    'evidence.platform_log_cosignature', 'cordon.delegated_approval', 'evidence.signing_key', 'evidence.signing_pause']::regclass[]
  LOOP
    PERFORM evidence.guard_ledger(target);
  END LOOP;
END
$$;

RESET ROLE;
