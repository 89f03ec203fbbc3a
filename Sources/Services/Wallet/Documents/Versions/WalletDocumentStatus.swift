/// Where a version of a document stands: draft → active → retired, or draft → retired (`wallet.document_transition`).
package enum WalletDocumentStatus: String, CaseIterable, Sendable {
  case draft
  case active
  case retired
}
