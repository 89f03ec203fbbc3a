/// What stands in a case folder for people. Always the same words: the folder's own facts are in its manifest.
enum CaseReadme {
  static func text(isWitnessed: Bool) -> String {
    let policy = isWitnessed ? " --policy keys/policy" : ""
    return """
      This folder is evidence. It was written once, and nothing in it is changed, also not to leave something out.

      What is here

        manifest.json    which case, which time, which logs, and every file with its size and SHA-256
        manifest.dsse    the same, signed by the operator's key (DSSE)
        SHA256SUMS       every file, as sha256sum reads it
        ledgers/         a bundle for each log: its entries of that time, each proven to stand in the log that was signed
        verification/    what cordon-verify said of each bundle when it was written
        correlation/     ids and times of the entries of that time, one JSON object a line
        keys/            the operator's public keys and their history\(isWitnessed ? ", and the witnesses' policy" : "")
        certificates/    isolation certificates, where there are any
        attachments/     whatever else belongs to the case

      How to check it, with no network and no database, from within this folder

        sha256sum -c SHA256SUMS
        cordon-verify . --keys YOUR-KEYS\(policy)

      YOUR-KEYS are the operator's public keys as you got them another way: from the contract, in person, from an earlier audit. Compare them with
      keys/trusted.keys. A folder that is only held against its own keys proves that it is whole, not whose it is.

      Exit status 0: everything was verified. 3: something was found; the output says which file, which entry, and why. Run it on two machines that
      have nothing in common; the same folder gives the same output. One bundle alone:

        cordon-verify ledgers/NAME.bundle --keys YOUR-KEYS\(policy)

      Times are UTC. Entries are numbered from 1 in each log. A log that has no entry of that time has no bundle; the
      manifest says so.

      """
  }
}
