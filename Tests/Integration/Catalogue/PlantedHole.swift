/// A change of the catalogue that opens the second wall, and what the audit must say of it.
// brand-global: test: the holes that the audit must find
struct PlantedHole: Sendable, CustomStringConvertible {
  let description: String
  let sql: String
  /// `rule object`.
  let finding: String

  static let all: [PlantedHole] = [
    PlantedHole(
      description: "a policy that lets everything through",
      sql: "CREATE POLICY support ON cordon.player FOR SELECT USING (true)", finding: "policies cordon.player"),
    PlantedHole(
      description: "the audit's policy for another role",
      sql: "CREATE POLICY too_wide ON cordon.bank FOR SELECT TO cordon_app USING (true)",
      finding: "policies cordon.bank"),
    PlantedHole(
      description: "the audit's policy for writes", sql: "CREATE POLICY too_wide ON cordon.bank FOR ALL TO cordon_audit USING (true)",
      finding: "policies cordon.bank"),
    PlantedHole(
      description: "a policy that falls back to the row's own brand",
      sql:
        "ALTER POLICY brand_isolation ON wallet.wallet_balance USING (brand_id = coalesce((SELECT cordon.current_brand_id()), brand_id))",
      finding: "policies wallet.wallet_balance"),
    PlantedHole(
      description: "a policy that asks a function of the same name",
      sql:
        "CREATE FUNCTION public.current_brand_id() RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint'; ALTER POLICY brand_isolation ON cordon.bank USING (brand_id = (SELECT public.current_brand_id()))",
      finding: "policies cordon.bank"),
    PlantedHole(
      description: "a policy that checks nothing that is written",
      sql: "ALTER POLICY brand_isolation ON wallet.wallet_outbox WITH CHECK (true)", finding: "policies wallet.wallet_outbox"),
    PlantedHole(
      description: "a dropped policy", sql: "DROP POLICY brand_isolation ON cordon.agent_domain", finding: "own_policy cordon.agent_domain"),
    PlantedHole(
      description: "a table of the application", sql: "ALTER TABLE cordon.agent_setting OWNER TO cordon_app",
      finding: "owner cordon.agent_setting"),
    PlantedHole(
      description: "a view with its owner's rights", sql: "ALTER VIEW cordon.player_deposit RESET (security_invoker)",
      finding: "view_invoker cordon.player_deposit"),
    PlantedHole(
      description: "a new view without security_invoker",
      sql: "CREATE VIEW wallet.v_all AS SELECT * FROM wallet.wallet_balance; ALTER VIEW wallet.v_all OWNER TO cordon_owner",
      finding: "view_invoker wallet.v_all"),
    PlantedHole(
      description: "a materialized view",
      sql:
        "CREATE MATERIALIZED VIEW wallet.sums AS SELECT brand_id FROM wallet.wallet_balance; ALTER TABLE wallet.sums OWNER TO cordon_owner",
      finding: "materialized wallet.sums"),
    PlantedHole(
      description: "a definer function with the caller's search path",
      sql: "ALTER FUNCTION cordon.row_brand(text, text) RESET search_path", finding: "definer_search_path cordon.row_brand(text,text)"),
    PlantedHole(
      description: "a definer function of a superuser",
      sql: "DO $$ BEGIN EXECUTE format('ALTER FUNCTION cordon.row_brand(text, text) OWNER TO %I', session_user); END $$",
      finding: "definer_owner cordon.row_brand(text,text)"),
    PlantedHole(
      description: "a function for everybody", sql: "GRANT EXECUTE ON FUNCTION cordon.row_brand(text, text) TO PUBLIC",
      finding: "public_function cordon.row_brand(text,text)"),
    PlantedHole(
      description: "a brand that may be missing",
      sql: "CREATE TABLE cordon.loose (brand_id bigint, id bigint); ALTER TABLE cordon.loose OWNER TO cordon_owner",
      finding: "brand_required cordon.loose"),
    PlantedHole(
      description: "a key that begins with something else",
      sql: "CREATE TABLE cordon.turned (id bigint, brand_id bigint, PRIMARY KEY (id, brand_id))", finding: "primary_key cordon.turned"),
    PlantedHole(
      description: "a unique key without the brand", sql: "CREATE UNIQUE INDEX everybody ON cordon.player (account_key)",
      finding: "unique_key cordon.player"),
    PlantedHole(
      description: "a unique key that only carries the brand along",
      sql: "CREATE UNIQUE INDEX everybody ON cordon.player (account_key) INCLUDE (brand_id)", finding: "unique_key cordon.player"),
    PlantedHole(
      description: "a foreign key without the brand",
      sql:
        "CREATE UNIQUE INDEX one ON cordon.player (player_id); CREATE TABLE cordon.child (brand_id bigint NOT NULL, id bigint, player_id bigint REFERENCES cordon.player (player_id), PRIMARY KEY (brand_id, id))",
      finding: "foreign_key cordon.child"),
    PlantedHole(
      description: "TRUNCATE for the application", sql: "GRANT TRUNCATE ON wallet.wallet_outbox TO cordon_app",
      finding: "application_grants wallet.wallet_outbox"),
    PlantedHole(
      description: "UPDATE of history", sql: "GRANT UPDATE (amount) ON wallet.wallet_ledger TO cordon_app",
      finding: "append_only wallet.wallet_ledger"),
    PlantedHole(
      description: "DELETE of history", sql: "GRANT DELETE ON cordon.admin_audit TO cordon_app", finding: "append_only cordon.admin_audit"),
    PlantedHole(
      description: "a sleeping trigger", sql: "ALTER TABLE cordon.recovery_audit DISABLE TRIGGER trg_recovery_audit_no_update_delete",
      finding: "append_only cordon.recovery_audit"),
    PlantedHole(
      description: "a dropped trigger", sql: "DROP TRIGGER trg_player_balance_log_no_truncate ON cordon.player_balance_log",
      finding: "append_only cordon.player_balance_log"),
    PlantedHole(
      description: "a brand that can be rewritten", sql: "GRANT UPDATE (brand_id) ON cordon.player TO cordon_app",
      finding: "movable_brand cordon.player"),
    PlantedHole(
      description: "a table for everybody", sql: "GRANT SELECT ON cordon.player_login TO PUBLIC",
      finding: "public_grants cordon.player_login"),
    PlantedHole(
      description: "a schema for everybody", sql: "GRANT USAGE ON SCHEMA wallet TO PUBLIC", finding: "public_grants schema wallet"),
  ]
}
