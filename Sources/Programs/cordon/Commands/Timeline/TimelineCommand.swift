internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon timeline` (S4-INC-13).
struct TimelineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Put what failed, what was deployed, which keys changed and who did what side by side, oldest first.",
    discussion: """
      Of the answer that went wrong, --request-id, or of a stretch of time, --from and --to. A request's rows are marked >, the first failure !. Changes \
      nothing. Exit status 4 when nothing is known of the request.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("request-id"), help: "Around this request, as its answer and the logs have it.")
  var requestID: String?

  @Option(help: "From this moment on, such as 2026-11-25T12:00:00Z.")
  var from: TimeArgument?

  @Option(help: "Until this moment; without it now, or as far behind the request as --around says.")
  var to: TimeArgument?

  @Option(help: "Minutes before and after the request, where --from or --to doesn't say it.")
  var around = 15

  @Option(help: "Only this brand's, and what was about no brand.")
  var brand: BrandArgument?

  @Option(help: "How many at most: the request's own, then the oldest.")
  var limit = 1000

  func validate() throws {
    guard requestID != nil || from != nil else { throw ValidationError("--request-id or --from is needed") }
    guard (1...1440).contains(around) else { throw ValidationError("--around is from 1 to 1440 minutes") }
    guard (1...TimelineQuestion.limitMax).contains(limit) else {
      throw ValidationError("--limit is from 1 to \(TimelineQuestion.limitMax)")
    }
    if let from, let to, to.time < from.time { throw ValidationError("--to is before --from") }
  }

  func run() async throws {
    let question = TimelineQuestion(
      requestID: requestID, from: from?.time, to: to?.time, secondsAround: Int64(around) * 60, brand: brand?.id, limit: limit)
    let timeline = try await DatabaseSession.with(configuration) { try await TimelineOperations(database: $0).timeline(question) }
    output.print(json: TimelineReport.json(timeline, request: requestID), text: TimelineReport.text(timeline, request: requestID))
    if timeline.isCut { Terminal.message("only the first \(limit) are shown; --limit, --around, --from and --to show others") }
  }
}
