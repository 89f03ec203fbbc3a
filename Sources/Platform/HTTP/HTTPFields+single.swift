package import HTTPTypes

extension HTTPFields {
  /// The value of a header that occurs exactly once. Repetition is how two programs are made to disagree about a header, so a
  /// repeated header counts as absent, which every check then refuses.
  package func single(_ name: String) -> String? {
    guard let name = HTTPField.Name(name) else { return nil }
    let values = self[values: name]
    return values.count == 1 ? values.first : nil
  }
}
