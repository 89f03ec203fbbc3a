-- Roles, schemas and the database's own settings.
--
-- Who may run this. Roles belong to the whole cluster, so the first database of a cluster is migrated by a superuser, who
-- makes them here. Once they exist, cordon_migrate runs every migration, this one included: it needs no CREATEROLE (which
-- in PostgreSQL 15 comes close to superuser), only its membership in cordon_owner and a database that it or cordon_owner
-- may create schemas in. Passwords are never set here.
--
-- Several databases of a cluster share the roles and may be migrated at the same moment: losing that race is not an error.

DO $roles$
DECLARE
  wanted record;
  unsafe text;
BEGIN
  FOR wanted IN
    SELECT *
    FROM (VALUES
      ('cordon_owner', 'NOLOGIN NOINHERIT'),
      ('cordon_detector', 'NOLOGIN NOINHERIT'),
      ('cordon_migrate', 'LOGIN'),
      ('cordon_app', 'LOGIN'),
      ('cordon_audit', 'LOGIN'),
      ('cordon_backup', 'LOGIN BYPASSRLS')
    ) AS roles (name, options)
  LOOP
    CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name);
    BEGIN
      EXECUTE format('CREATE ROLE %I %s', wanted.name, wanted.options);
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'role % does not exist: the first migration of a cluster needs a superuser', wanted.name
          USING ERRCODE = 'insufficient_privilege';
    END;
  END LOOP;

  -- A role that somebody widened would make row-level security decoration. Better no migration than a false wall.
  SELECT string_agg(rolname, ', ' ORDER BY rolname) INTO unsafe
  FROM pg_roles
  WHERE rolname IN ('cordon_owner', 'cordon_detector', 'cordon_migrate', 'cordon_app', 'cordon_audit')
    AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication);
  IF unsafe IS NOT NULL THEN
    RAISE EXCEPTION 'these roles hold powers that they must not have (SUPERUSER, BYPASSRLS, CREATEROLE or REPLICATION): %', unsafe;
  END IF;
END
$roles$;

DO $memberships$
BEGIN
  IF NOT pg_has_role('cordon_migrate', 'cordon_owner', 'MEMBER') THEN
    GRANT cordon_owner TO cordon_migrate;
  END IF;
  -- cordon_owner hands one function over to cordon_detector (0006). It is NOINHERIT, so that it does not see through
  -- cordon_detector's policies by being a member.
  IF NOT pg_has_role('cordon_owner', 'cordon_detector', 'MEMBER') THEN
    GRANT cordon_detector TO cordon_owner;
  END IF;
EXCEPTION
  WHEN unique_violation THEN NULL;
END
$memberships$;

DO $database$
DECLARE
  this name := current_database();
BEGIN
  IF NOT has_database_privilege('cordon_owner', this, 'CREATE') THEN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO cordon_owner', this);
  END IF;
  IF has_database_privilege('public', this, 'TEMPORARY') THEN
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', this);
  END IF;
  -- The runbooks name the platform's tables without a schema. New sessions see this, running ones do not.
  IF NOT EXISTS (
    SELECT
    FROM pg_db_role_setting AS s
    JOIN pg_database AS d ON d.oid = s.setdatabase
    WHERE d.datname = this AND s.setrole = 0 AND 'search_path=cordon, public' = ANY (s.setconfig)
  ) THEN
    EXECUTE format('ALTER DATABASE %I SET search_path = cordon, public', this);
  END IF;
END
$database$;

-- The migrator has made schema cordon and its own table before the first file runs; a bare psql has not.
CREATE SCHEMA IF NOT EXISTS cordon;
ALTER SCHEMA cordon OWNER TO cordon_owner;

CREATE TABLE IF NOT EXISTS cordon.schema_migrations (
  version bigint PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE cordon.schema_migrations OWNER TO cordon_owner;

SET LOCAL ROLE cordon_owner;

CREATE SCHEMA wallet;
CREATE SCHEMA security;

COMMENT ON SCHEMA cordon IS 'The platform: brands, domains, configuration, players, operators, audit. On the search_path.';
COMMENT ON SCHEMA wallet IS 'Money: commands, transactions, the ledger and the balances derived from it.';
COMMENT ON SCHEMA security IS 'What the walls between brands observed.';

COMMENT ON TABLE cordon.schema_migrations IS 'The migration ladder: one row for each applied file. Written by cordon db migrate, read by every start-up.';
COMMENT ON COLUMN cordon.schema_migrations.version IS 'Number of the file (0001 is 1). The highest one is the head that EXPECTED_MIGRATION_HEAD is compared with.';
COMMENT ON COLUMN cordon.schema_migrations.name IS 'Name of the file after the number.';
COMMENT ON COLUMN cordon.schema_migrations.checksum IS 'SHA-256 of the file as applied. A file that changed afterwards stops the next migration.';
COMMENT ON COLUMN cordon.schema_migrations.applied_at IS 'When it was applied.';

REVOKE ALL ON SCHEMA cordon, wallet, security FROM PUBLIC;
GRANT USAGE ON SCHEMA cordon, wallet, security TO cordon_app, cordon_audit, cordon_backup;

-- Nobody runs a function unless a migration says so; the backup role can read whatever comes later.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA cordon, wallet, security GRANT SELECT ON TABLES TO cordon_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA cordon, wallet, security GRANT SELECT ON SEQUENCES TO cordon_backup;

GRANT SELECT ON cordon.schema_migrations TO cordon_app, cordon_audit, cordon_backup;

RESET ROLE;
