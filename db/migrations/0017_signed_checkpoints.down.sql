-- Refused while something is signed: whoever holds a receipt could no longer get another.

SET LOCAL ROLE cordon_owner;

ALTER TABLE wallet.log_checkpoint NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM wallet.log_checkpoint) THEN
    RAISE EXCEPTION 'refusing to drop the logs: checkpoints of them are signed';
  END IF;
END
$$;

DROP TABLE wallet.log_checkpoint;
DROP TABLE wallet.log_tile;
DROP FUNCTION wallet.log_checkpoint_grows();
DROP FUNCTION wallet.log_checkpoint_append_only();
DROP FUNCTION wallet.log_tile_append_only();

RESET ROLE;
