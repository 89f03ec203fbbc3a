-- Refused while anything is cosigned: receipts that were accepted would no longer be.

SET LOCAL ROLE cordon_owner;

ALTER TABLE evidence.log_cosignature NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM evidence.log_cosignature) THEN
    RAISE EXCEPTION 'refusing to drop the cosignatures: checkpoints of the logs have some';
  END IF;
END
$$;

DROP TABLE evidence.log_cosignature;
DROP FUNCTION evidence.log_cosignature_append_only();

RESET ROLE;
