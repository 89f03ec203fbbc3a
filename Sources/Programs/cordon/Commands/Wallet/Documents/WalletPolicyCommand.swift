internal import ArgumentParser

/// `cordon wallet policy …`.
struct WalletPolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Limits and rules of a brand's wallet commands, in versions.",
    discussion: "docs/formats/wallet-documents.md describes the document and how it is changed.",
    subcommands: [
      DocumentListCommand<PolicyKind>.self, DocumentShowCommand<PolicyKind>.self, DocumentDiffCommand<PolicyKind>.self,
      DocumentDraftCommand<PolicyKind>.self, DocumentCheckCommand<PolicyKind>.self, DocumentActivateCommand<PolicyKind>.self,
      DocumentDiscardCommand<PolicyKind>.self,
    ])
}
