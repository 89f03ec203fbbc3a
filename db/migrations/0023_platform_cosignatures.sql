-- What witnesses said of the platform's own logs (docs/operating/witnesses.md), as log_cosignature has it of the brands'.

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
DO $$
BEGIN
  PERFORM evidence.guard_ledger('evidence.platform_log_cosignature');
END
$$;

RESET ROLE;
