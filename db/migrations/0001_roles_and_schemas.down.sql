-- Schema cordon and the ladder in it stay, because the migrator still has to write there; the roles stay, because other
-- databases of the cluster use them.

SET LOCAL ROLE cordon_owner;

ALTER DEFAULT PRIVILEGES IN SCHEMA cordon, wallet, security REVOKE SELECT ON SEQUENCES FROM cordon_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA cordon, wallet, security REVOKE SELECT ON TABLES FROM cordon_backup;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

DROP SCHEMA security;
DROP SCHEMA wallet;

REVOKE ALL ON SCHEMA cordon FROM cordon_app, cordon_audit, cordon_backup;
REVOKE ALL ON cordon.schema_migrations FROM cordon_app, cordon_audit, cordon_backup;

RESET ROLE;
