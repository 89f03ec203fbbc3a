/// What must hold in the catalogue of a database that keeps brands apart.
package enum CatalogueRule: String, CaseIterable, Sendable {
  case rowSecurity = "row_security"
  case policies
  case ownPolicy = "own_policy"
  case owner
  case viewInvoker = "view_invoker"
  case materialized
  case definerPath = "definer_search_path"
  case definerOwner = "definer_owner"
  case publicFunction = "public_function"
  case brandRequired = "brand_required"
  case primaryKey = "primary_key"
  case uniqueKey = "unique_key"
  case foreignKey = "foreign_key"
  case applicationGrants = "application_grants"
  case appendOnly = "append_only"
  case movableBrand = "movable_brand"
  case publicGrants = "public_grants"
  case rolePowers = "role_powers"

  package var meaning: String {
    switch self {
    case .rowSecurity: "row-level security isn't on, or doesn't bind the owner"
    case .policies: "a policy lets rows through that aren't the transaction's brand's"
    case .ownPolicy: "no policy compares brand_id with the transaction's brand"
    case .owner: "it belongs to another role than cordon_owner"
    case .viewInvoker: "the view reads with its owner's rights: security_invoker isn't on"
    case .materialized: "row-level security doesn't reach it"
    case .definerPath: "it runs with its owner's rights and a search path that the caller chooses"
    case .definerOwner: "it runs with the rights of a role that row-level security doesn't hold"
    case .publicFunction: "everybody may run it"
    case .brandRequired: "brand_id may be NULL"
    case .primaryKey: "brand_id doesn't come first in the primary key"
    case .uniqueKey: "a unique key without brand_id tells one brand what another has"
    case .foreignKey: "a foreign key between brands' tables leaves the brand out"
    case .applicationGrants: "cordon_app may do what row-level security doesn't filter"
    case .appendOnly: "history can be changed: cordon_app may, or a trigger against it is missing or asleep"
    case .movableBrand: "cordon_app may move rows to another brand"
    case .publicGrants: "everybody may use it"
    case .rolePowers: "the role has powers that go past row-level security"
    }
  }
}
