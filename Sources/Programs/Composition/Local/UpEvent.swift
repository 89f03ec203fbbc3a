package import Kernel

/// What `cordon up` tells while it goes.
package enum UpEvent: Sendable {
  /// A step of the start begins.
  case progress(String)
  /// Something worth knowing that is no failure.
  case notice(String)
  case step(DemoStep)
  case demo(DemoReport)
  /// Everything listens: the roles and their addresses.
  case ready([(role: ServiceRole, url: String)])
  case stopping
}
