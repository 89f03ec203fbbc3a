internal import ArgumentParser

/// `cordon db backfill …`, the runbooks' `multi_brand_backfill`.
struct DbBackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill", abstract: "The brand column of every table (multi_brand_backfill).",
    subcommands: [DbBackfillVerifyCommand.self])
}
