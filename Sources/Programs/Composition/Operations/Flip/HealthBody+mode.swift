internal import Kernel
internal import Platform

extension HealthBody {
  /// The weakest that it says of itself: a service that doesn't enforce towards one caller doesn't enforce.
  var weakestMode: EnforcementMode? {
    let mode = EnforcementMode(rawValue: enforcementMode)
    return mode == .enforce && enforcementOverrides?.isEmpty == false ? .observe : mode
  }
}
