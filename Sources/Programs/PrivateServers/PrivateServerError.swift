/// Why a private server isn't there. The description is written for the person at the terminal and says what to do next.
package struct PrivateServerError: Error, CustomStringConvertible, Sendable {
  package enum Kind: Sendable {
    /// The server program, or the account it must run under, isn't on this machine.
    case notInstalled
    /// Another process runs a server on the same directory.
    case alreadyRunning
    /// A directory or file can't be made, read or handed to the server's account.
    case directory
    /// The server, or `initdb`, ended instead of becoming ready.
    case startFailed
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
