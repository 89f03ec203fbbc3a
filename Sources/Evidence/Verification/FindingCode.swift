/// What a verification can find (`docs/formats/verdicts.md`). Stable.
package enum FindingCode: String, CaseIterable, Sendable {
  case malformed
  case wrongLog = "wrong_log"
  case badSignature = "bad_signature"
  case wrongProof = "wrong_proof"
  case changed
  case notAnEntry = "not_an_entry"
  case wrongBrand = "wrong_brand"
  case wrongNumber = "wrong_number"
  case brokenChain = "broken_chain"
  case wrongSeal = "wrong_seal"
  case truncated
  case missing
  case misplaced
  case extra
  case beyondCheckpoint = "beyond_checkpoint"
  case olderThanRange = "older_than_range"
  case stale
  case behindSeen = "behind_seen"
  case badHistory = "bad_history"
  case untrusted
  case unknownSigner = "unknown_signer"
  case outsideKeyTime = "outside_key_time"
  case badCosignature = "bad_cosignature"
  case noQuorum = "no_quorum"
  case inconsistent
  case contradictsSeen = "contradicts_seen"

  package var verdict: Verdict {
    switch self {
    case .malformed, .wrongLog, .badSignature, .wrongProof, .changed, .notAnEntry, .wrongBrand, .wrongNumber, .brokenChain, .wrongSeal:
      .integrity
    case .truncated, .missing, .misplaced, .extra, .beyondCheckpoint: .completeness
    case .olderThanRange, .stale, .behindSeen: .freshness
    case .badHistory, .untrusted, .unknownSigner, .outsideKeyTime: .keyValidity
    case .badCosignature, .noQuorum, .inconsistent, .contradictsSeen: .splitView
    }
  }

  package var meaning: String {
    switch self {
    case .malformed: "these bytes aren't what stands here in a bundle"
    case .wrongLog: "anchor mismatch: the checkpoint is another log's"
    case .badSignature: "anchor mismatch: the log's signature is false, or its own cosignature is missing"
    case .wrongProof: "anchor mismatch: the hashes of these entries don't lead to the checkpoint's root"
    case .changed: "chain mismatch: the entry is not the one that the log has in this place"
    case .notAnEntry: "the entry's bytes aren't in the ledger's layout"
    case .wrongBrand: "the entry is another brand's"
    case .wrongNumber: "the entry has the number of another place"
    case .brokenChain: "chain mismatch: the entry does not continue the one before it"
    case .wrongSeal: "the seal is not that of this file, or not by a key that signs now"
    case .truncated: "the file ends too early"
    case .missing: "the entry is missing"
    case .misplaced: "chain mismatch: another entry of the log stands in the place of this one"
    case .extra: "an entry follows that is not in the range"
    case .beyondCheckpoint: "the checkpoint doesn't reach to these entries"
    case .olderThanRange: "the checkpoint was signed before the end of the time that was asked for"
    case .stale: "the checkpoint is too old"
    case .behindSeen: "a larger checkpoint of this log was seen already"
    case .badHistory: "the key history is malformed, a record isn't signed by the key before it, or it contradicts the one that you hold"
    case .untrusted: "no key of the history is one that you trust"
    case .unknownSigner: "anchor mismatch: no key of the history signed the checkpoint"
    case .outsideKeyTime: "the key that signed was not the signing key at that time"
    case .badCosignature: "the cosignature of a witness is false"
    case .noQuorum: "too few witnesses have cosigned the checkpoint"
    case .inconsistent: "anchor mismatch: an earlier checkpoint is not continued by this one"
    case .contradictsSeen: "anchor mismatch: a checkpoint that you hold has another root at the same size"
    }
  }
}
