-- Dropping dead letters and messages is refused while there are any: each may stand for money.

SET LOCAL ROLE cordon_owner;

ALTER TABLE cordon.shooter_sms NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM cordon.shooter_sms) OR EXISTS (SELECT FROM cordon.game_callback_dead_letter) THEN
    RAISE EXCEPTION 'refusing to drop the intake tables: they hold messages or dead letters';
  END IF;
END
$$;

DROP TABLE cordon.game_callback_dead_letter;
DROP TABLE cordon.shooter_sms;

RESET ROLE;
