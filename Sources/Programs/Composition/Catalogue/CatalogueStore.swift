internal import Postgres

/// Asks the live catalogue for what breaks each rule. Every query yields `object` and `detail`, and nothing where all is well.
struct CatalogueStore {
  let database: Database

  func findings() async throws -> [CatalogueFinding] {
    try await database.withPlatform { transaction in
      // Names are then printed with their schemas, so that a function of the same name elsewhere doesn't pass for ours.
      try await transaction.execute("SET LOCAL search_path = ''")
      var findings: [CatalogueFinding] = []
      for rule in CatalogueRule.allCases {
        for row in try await transaction.query(Self.question(rule)) {
          findings.append(CatalogueFinding(rule: rule, object: try row.get("object"), detail: try row.get("detail")))
        }
      }
      return findings
    }
  }

  private static func question(_ rule: CatalogueRule) -> SQL {
    switch rule {
    case .rowSecurity: rowSecurity
    case .policies: policies
    case .ownPolicy: ownPolicy
    case .owner: owner
    case .viewInvoker: viewInvoker
    case .materialized: materialized
    case .definerPath: definerPath
    case .definerOwner: definerOwner
    case .publicFunction: publicFunction
    case .brandRequired: brandRequired
    case .primaryKey: primaryKey
    case .uniqueKey: uniqueKey
    case .foreignKey: foreignKey
    case .applicationGrants: applicationGrants
    case .appendOnly: appendOnly
    case .movableBrand: movableBrand
    case .publicGrants: publicGrants
    case .rolePowers: rolePowers
    }
  }

  /// Every schema of the platform, also ones that a later release adds.
  private static let ourSchema: SQL = """
    nspname NOT IN ('pg_catalog', 'information_schema', 'public') AND nspname NOT LIKE 'pg\\_%'
    """

  /// The brand-scoped tables with their numbers in the catalogue. Materialized, so that no other table's name is ever looked up.
  private static let scoped: SQL = """
    scoped AS MATERIALIZED (
      SELECT format('%I.%I', schema_name, table_name)::regclass AS oid, schema_name || '.' || table_name AS name, table_name,
        brand_id_nullable, brand_id_leads_primary_key, row_security_forced
      FROM cordon.v_brand_scoped_table)
    """

  // MARK: Row-level security

  private static let rowSecurity: SQL = """
    SELECT schema_name || '.' || table_name AS object, '' AS detail FROM cordon.v_brand_scoped_table WHERE NOT row_security_forced
    """

  /// The policies of a brand-scoped table, their conditions without what PostgreSQL's printing adds.
  private static let policy: SQL = """
    policy AS (
      SELECT s.name, s.table_name, p.polname, p.polcmd, p.polpermissive, p.polroles,
        regexp_replace(replace(coalesce(pg_get_expr(p.polqual, p.polrelid), ''), ' AS current_brand_id', ''), '[[:space:]()]', '', 'g') AS shown,
        regexp_replace(replace(coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), ' AS current_brand_id', ''), '[[:space:]()]', '', 'g')
          AS written,
        ARRAY(SELECT r.rolname::text FROM pg_roles AS r WHERE r.oid = ANY (p.polroles) ORDER BY 1) AS roles
      FROM scoped AS s JOIN pg_policy AS p ON p.polrelid = s.oid)
    """

  private static let ofBrand: SQL = "'^(brand_id=SELECTcordon.current_brand_id)(ANDbrand_id=SELECTcordon.current_brand_id)?$'"

  /// Auditors read all brands and the detector reads keys, each by its role; whatever else lets rows through must be the brand's own.
  /// Messages of shooter_sms are without a brand until they are matched.
  private static let policies: SQL = """
    WITH \(scoped), \(policy)
    SELECT name AS object, 'policy ' || polname AS detail FROM policy
    WHERE polpermissive
      AND NOT (polcmd = 'r' AND NOT 0 = ANY (polroles) AND roles IN (ARRAY['cordon_audit'], ARRAY['cordon_detector']))
      AND NOT (shown ~ \(ofBrand) AND (written = '' OR written ~ \(ofBrand)))
      AND NOT (table_name = 'shooter_sms' AND polname IN ('ingest_without_brand', 'brand_matches', 'brand_reads_own_and_unmatched'))
    """

  private static let ownPolicy: SQL = """
    WITH \(scoped), \(policy)
    SELECT s.name AS object, '' AS detail FROM scoped AS s
    WHERE s.table_name <> 'shooter_sms' AND NOT EXISTS (
      SELECT FROM policy AS p
      WHERE p.name = s.name AND p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}' AND p.shown ~ \(ofBrand) AND p.written ~ \(ofBrand))
    """

  // MARK: Owners, views and functions

  private static let owner: SQL = """
    SELECT n.nspname || '.' || c.relname AS object, c.relowner::regrole::text AS detail
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE \(ourSchema) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relowner::regrole::text <> 'cordon_owner'
    """

  private static let viewInvoker: SQL = """
    SELECT n.nspname || '.' || c.relname AS object, '' AS detail
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE \(ourSchema) AND c.relkind = 'v' AND NOT coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']
    """

  private static let materialized: SQL = """
    SELECT n.nspname || '.' || c.relname AS object, CASE c.relkind WHEN 'm' THEN 'a materialized view' ELSE 'a foreign table' END AS detail
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE \(ourSchema) AND c.relkind IN ('m', 'f')
    """

  private static let definerPath: SQL = """
    SELECT p.oid::regprocedure::text AS object, '' AS detail FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE (\(ourSchema) OR nspname = 'public') AND p.prosecdef AND NOT EXISTS (
      SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=pg_catalog(, *pg_temp)?$')
    """

  private static let definerOwner: SQL = """
    SELECT p.oid::regprocedure::text AS object, r.rolname::text AS detail
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace JOIN pg_roles AS r ON r.oid = p.proowner
    WHERE (\(ourSchema) OR nspname = 'public') AND p.prosecdef AND (r.rolsuper OR r.rolbypassrls)
    """

  private static let publicFunction: SQL = """
    SELECT p.oid::regprocedure::text AS object, '' AS detail FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE \(ourSchema) AND EXISTS (
      SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee = 0)
    """

  // MARK: Keys

  private static let brandRequired: SQL = """
    SELECT schema_name || '.' || table_name AS object, '' AS detail FROM cordon.v_brand_scoped_table
    WHERE brand_id_nullable AND table_name <> 'shooter_sms'
    """

  private static let primaryKey: SQL = """
    SELECT schema_name || '.' || table_name AS object, '' AS detail FROM cordon.v_brand_scoped_table
    WHERE NOT brand_id_leads_primary_key AND table_name <> 'shooter_sms'
    """

  private static let uniqueKey: SQL = """
    WITH \(scoped)
    SELECT s.name AS object, x.relname::text AS detail
    FROM scoped AS s JOIN pg_index AS i ON i.indrelid = s.oid JOIN pg_class AS x ON x.oid = i.indexrelid
    WHERE i.indisunique AND NOT (s.table_name = 'shooter_sms' AND i.indisprimary) AND NOT EXISTS (
      SELECT FROM pg_attribute AS a WHERE a.attrelid = s.oid AND a.attname = 'brand_id' AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]))
    """

  private static let foreignKey: SQL = """
    WITH \(scoped)
    SELECT s.name AS object, c.conname::text AS detail
    FROM scoped AS s JOIN pg_constraint AS c ON c.conrelid = s.oid AND c.contype = 'f' AND c.confrelid IN (SELECT oid FROM scoped)
    WHERE NOT EXISTS (
      SELECT FROM unnest(c.conkey, c.confkey) AS k (here, there)
      JOIN pg_attribute AS h ON h.attrelid = c.conrelid AND h.attnum = k.here AND h.attname = 'brand_id'
      JOIN pg_attribute AS f ON f.attrelid = c.confrelid AND f.attnum = k.there AND f.attname = 'brand_id')
    """

  // MARK: Grants

  private static let applicationGrants: SQL = """
    SELECT n.nspname || '.' || c.relname AS object, power AS detail
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS power
    WHERE \(ourSchema) AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege('cordon_app', c.oid, power)
    """

  /// Both triggers of a table that is kept for ever must be there and awake, and nobody may be granted what they refuse.
  private static let appendOnly: SQL = """
    WITH kept AS (
      SELECT c.oid, n.nspname || '.' || c.relname AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND (
        (n.nspname, c.relname) IN (
          ('cordon', 'admin_audit'), ('cordon', 'recovery_audit'), ('cordon', 'system_event'), ('cordon', 'player_balance_log'),
          ('wallet', 'wallet_ledger'))
        OR EXISTS (
          SELECT FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid WHERE t.tgrelid = c.oid AND p.proname LIKE '%\\_append\\_only')))
    SELECT name AS object, 'cordon_app may change it' AS detail FROM kept
    WHERE has_any_column_privilege('cordon_app', oid, 'UPDATE') OR has_table_privilege('cordon_app', oid, 'DELETE')
    UNION ALL
    SELECT name, 'triggers' FROM kept
    WHERE (
      SELECT count(*) FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
      WHERE t.tgrelid = kept.oid AND p.proname LIKE '%\\_append\\_only' AND t.tgenabled IN ('O', 'A')) < 2
    """

  private static let movableBrand: SQL = """
    WITH \(scoped)
    SELECT s.name AS object, '' AS detail FROM scoped AS s
    WHERE s.table_name <> 'shooter_sms' AND has_column_privilege('cordon_app', s.oid, 'brand_id', 'UPDATE')
    """

  private static let publicGrants: SQL = """
    SELECT n.nspname || '.' || c.relname AS object, a.privilege_type AS detail
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS a
    WHERE \(ourSchema) AND a.grantee = 0
    UNION ALL
    SELECT 'schema ' || n.nspname, a.privilege_type FROM pg_namespace AS n, aclexplode(n.nspacl) AS a WHERE \(ourSchema) AND a.grantee = 0
    """

  private static let rolePowers: SQL = """
    SELECT rolname::text AS object, concat_ws(', ', CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
      CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolreplication THEN 'REPLICATION' END) AS detail
    FROM pg_roles
    WHERE rolname IN ('cordon_owner', 'cordon_detector', 'cordon_migrate', 'cordon_app', 'cordon_audit')
      AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)
    UNION ALL
    SELECT 'cordon_app', 'member of ' || r.rolname FROM pg_roles AS r
    WHERE r.rolname IN ('cordon_owner', 'cordon_detector', 'cordon_audit', 'cordon_backup') AND pg_has_role('cordon_app', r.oid, 'MEMBER')
    """
}
