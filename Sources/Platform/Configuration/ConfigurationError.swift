/// The configuration can't be used. Holds every fault that was found, so that one attempt shows them all.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  package let faults: [ConfigurationFault]

  package init(faults: [ConfigurationFault]) { self.faults = faults }

  package var description: String {
    (["The configuration has \(faults.count) fault\(faults.count == 1 ? "" : "s"):"] + faults.map { "  \($0)" }).joined(separator: "\n")
  }
}
