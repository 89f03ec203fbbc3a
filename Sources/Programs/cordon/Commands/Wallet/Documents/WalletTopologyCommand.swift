internal import ArgumentParser

/// `cordon wallet topology …`.
struct WalletTopologyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topology", abstract: "Which buckets a brand's wallets have and how money flows among them, in versions.",
    discussion: "docs/formats/wallet-documents.md describes the document and how it is changed.",
    subcommands: [
      DocumentListCommand<TopologyKind>.self, DocumentShowCommand<TopologyKind>.self, DocumentDiffCommand<TopologyKind>.self,
      DocumentDraftCommand<TopologyKind>.self, DocumentCheckCommand<TopologyKind>.self, DocumentActivateCommand<TopologyKind>.self,
      DocumentDiscardCommand<TopologyKind>.self,
    ])
}
