-- Refused while there is history: keys that signed must stay known, and who approved what.

SET LOCAL ROLE cordon_owner;

DO $$
BEGIN
  IF EXISTS (SELECT FROM cordon.delegated_approval) OR EXISTS (SELECT FROM evidence.signing_key) OR EXISTS (SELECT FROM evidence.signing_pause) THEN
    RAISE EXCEPTION 'refusing to drop approvals, signing keys and pauses of signing: there are some';
  END IF;
END
$$;

DROP VIEW cordon.v_delegated_approval;
DROP TABLE cordon.delegated_approval;
DROP TABLE evidence.signing_key;
DROP TABLE evidence.signing_pause;
DROP FUNCTION cordon.delegated_approval_follows();
DROP FUNCTION cordon.delegated_approval_append_only();
DROP FUNCTION evidence.signing_key_follows();
DROP FUNCTION evidence.signing_key_append_only();
DROP FUNCTION evidence.signing_pause_append_only();

RESET ROLE;
