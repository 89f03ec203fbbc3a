-- Dropping history is refused while there is any. Row security is lifted first, because under it the owner sees nothing.

SET LOCAL ROLE cordon_owner;

ALTER TABLE cordon.admin_audit NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cordon.recovery_audit NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  -- brand-global: migration: nothing is dropped while any brand has rows in it
  IF EXISTS (SELECT FROM cordon.admin_audit) OR EXISTS (SELECT FROM cordon.recovery_audit) THEN
    RAISE EXCEPTION 'refusing to drop the audit tables: they hold history';
  END IF;
END
$$;

DROP TABLE cordon.recovery_audit;
DROP FUNCTION cordon.recovery_audit_append_only();
DROP TABLE cordon.admin_audit;
DROP FUNCTION cordon.admin_audit_append_only();
DROP FUNCTION cordon.brand_id_if_set();

RESET ROLE;
