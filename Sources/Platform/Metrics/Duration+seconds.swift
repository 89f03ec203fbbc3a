extension Duration {
  /// For metrics and logs; not for arithmetic that must be exact.
  package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
