/// Families as the text that a scrape reads. Pure.
package enum MetricsExposition {
  package static func text(of families: [any MetricFamily], format: MetricsFormat) -> String {
    var text = ""
    for family in families { write(family, format: format, to: &text) }
    if format == .openMetrics { text += "# EOF\n" }
    return text
  }

  private static func write(_ family: any MetricFamily, format: MetricsFormat, to text: inout String) {
    // OpenMetrics names a counter's family without the suffix that its samples carry.
    let isSuffixed = family.kind == .counter && format == .openMetrics && family.name.hasSuffix("_total")
    let name = isSuffixed ? String(family.name.dropLast("_total".count)) : family.name
    text += "# HELP \(name) \(escapedHelp(family.help, format: format))\n# TYPE \(name) \(family.kind.rawValue)\n"
    for sample in family.samples() {
      text += family.name + sample.suffix
      if !sample.labels.isEmpty {
        text += "{" + sample.labels.map { "\($0.name)=\"\(escapedLabel($0.value))\"" }.joined(separator: ",") + "}"
      }
      text += " \(MetricNumber.text(sample.value))\n"
    }
  }

  /// Backslash, quote and line feed are the three signs that the format gives a meaning.
  package static func escapedLabel(_ value: String) -> String {
    var text = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }

  private static func escapedHelp(_ help: String, format: MetricsFormat) -> String {
    let escaped = escapedLabel(help)
    // The classic format leaves quotes in help texts as they are.
    return format == .openMetrics ? escaped : escaped.split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }
}
