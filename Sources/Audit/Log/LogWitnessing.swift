internal import Evidence
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Asks one witness to cosign what is new in a log (C2SP tlog-witness), and keeps what it answers.
struct LogWitnessing: Sendable {
  private struct Signed: Sendable {
    let kept: KeptCheckpoint
    let last: CosignedCheckpoint?
  }

  static let answerBytesMax = 64 * 1024
  private static let deadline: Duration = .seconds(10)

  let book: LogBook
  let client: ForeignClient
  let witness: WitnessAddress

  /// - Returns: whether the witness cosigned all that is signed. False when somebody else was faster; the next time tells.
  /// - Throws: ``LogWitnessFault``.
  func step(_ log: LedgerLog) async throws -> Bool {
    let newest = try await signed(log)
    guard let signed = newest else { return true }
    let last = signed.last?.kept.size ?? 0
    guard last < signed.kept.size else { return true }
    let first = try await ask(from: last, signed.kept, log)
    let answer = try await taken(first, signed.kept, log)
    guard let told = answer else { return true }
    if told < last, let cosigned = signed.last {
      let fault = try await showing(cosigned, to: told, log)
      throw fault
    }
    // It cosigned something else since: another worker asked.
    guard told != last, told <= signed.kept.size else { return false }
    let second = try await ask(from: told, signed.kept, log)
    return try await taken(second, signed.kept, log) == nil
  }

  private func signed(_ log: LedgerLog) async throws -> Signed? {
    try await book.with(log) { shelf in
      let kept = try await shelf.latest()
      let last = try await shelf.lastCosigned(by: witness.key)
      return kept.map { Signed(kept: $0, last: last) }
    }
  }

  private func ask(from old: Int64, _ kept: KeptCheckpoint, _ log: LedgerLog) async throws -> InternalReply {
    let proof = try await book.with(log) { try await LogTree($0).consistency(from: old, to: kept.size) }
    let request = WitnessRequest(oldSize: old, hashes: proof.hashes, note: try SignedNote(bytes: kept.note))
    return try await send(request)
  }

  private func send(_ request: WitnessRequest) async throws -> InternalReply {
    do {
      return try await client.post(
        witness.url + "/add-checkpoint", request.bytes, contentType: "text/plain; charset=utf-8", deadline: Self.deadline)
    } catch {
      throw LogWitnessFault(.unreachable, "\(error)")
    }
  }

  /// Keeps the cosignature of an answer.
  ///
  /// - Returns: nil when there is one, and the size that the witness goes on from when it knows another.
  private func taken(_ reply: InternalReply, _ kept: KeptCheckpoint, _ log: LedgerLog) async throws -> Int64? {
    let text = String(decoding: reply.body.prefix(512), as: UTF8.self)
    switch reply.status.code {
    case 200:
      let cosignature = try cosignature(reply.body, over: kept)
      try await book.with(log) { try await $0.keep(cosignature, of: kept.size) }
      return nil
    case 409:
      guard text.hasSuffix("\n"), let size = Decimal64.parse(text.dropLast()) else {
        throw LogWitnessFault(.unusable, "a conflict without a size: \(text)")
      }
      return size
    case 403, 404: throw LogWitnessFault(.unknown, "\(reply.status.code): \(text)")
    case 422: throw LogWitnessFault(.inconsistent, text)
    case 503 where text.contains("witness_state_lost"): throw LogWitnessFault(.stateLost, text)
    case 429, 500...: throw LogWitnessFault(.unreachable, "\(reply.status.code): \(text)")
    default: throw LogWitnessFault(.unusable, "\(reply.status.code): \(text)")
    }
  }

  private func cosignature(_ body: [UInt8], over kept: KeptCheckpoint) throws(LogWitnessFault) -> NoteSignature {
    do throws(NoteFault) {
      let note = try SignedNote(bytes: kept.note)
      guard let found = try NoteSignature.list(body).first(where: { witness.key.verifies($0, over: note.text) }) else {
        throw NoteFault("no cosignature of \(witness.key) is in the answer")
      }
      return found
    } catch {
      throw LogWitnessFault(.unusable, error.description)
    }
  }

  /// A witness that forgot what it cosigned is shown it, so that it stops before it cosigns another history.
  private func showing(_ cosigned: CosignedCheckpoint, to told: Int64, _ log: LedgerLog) async throws -> LogWitnessFault {
    let note = try SignedNote(bytes: cosigned.kept.note).adding(cosigned.signatures)
    let proof = try await book.with(log) { try await LogTree($0).consistency(from: told, to: cosigned.kept.size) }
    _ = try await send(WitnessRequest(oldSize: told, hashes: proof.hashes, note: note))
    return LogWitnessFault(.stateLost, "it cosigned \(cosigned.kept.size) entries, and knows of \(told)")
  }
}
