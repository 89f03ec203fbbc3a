package import ServiceLifecycle

/// A service that says what it is, for the file about a stop that had to be forced.
package protocol NamedService: Service {
  var name: String { get }
}
