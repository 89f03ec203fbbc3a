/// One intent with everything that came back for it.
struct TortureRecord: Hashable, Sendable {
  let intent: TortureIntent
  /// Definite answers, in the order in which they came. More than one when the command was sent again or twice at a time.
  var answers: [TortureReply] = []
  /// Attempts without a definite answer.
  var ambiguous: Int = 0
  /// Reasons of the ambiguous attempts, for the report.
  var doubts: Set<String> = []

  init(_ intent: TortureIntent) { self.intent = intent }
}
