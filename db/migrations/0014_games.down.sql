-- Refused while there are callbacks or aliases: a callback without its row could be decided anew, and a provider goes on using an alias.

SET LOCAL ROLE cordon_owner;

ALTER TABLE cordon.game_callback NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cordon.game_account_alias NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM cordon.game_callback) OR EXISTS (SELECT FROM cordon.game_account_alias) THEN
    RAISE EXCEPTION 'refusing to drop the tables of games: they hold callbacks or aliases';
  END IF;
END
$$;

DROP TABLE cordon.game_provider_switch;
DROP TABLE cordon.game_round;
DROP TABLE cordon.game_callback;
DROP TABLE cordon.game_session;
DROP TABLE cordon.game_account_alias;
DROP DOMAIN cordon.game_provider_name;

RESET ROLE;
