package import Kernel
package import Logging

/// One event as one line of JSON. Pure.
package enum LogLine {
  /// A longer value is cut: a log line has to stay one write of a bounded size.
  package static let valueCharactersMax = 2048
  package static let fieldsMax = 48

  private static let reserved: Set<String> = ["ts", "level", "service", "message"]
  /// Fields that are whole numbers by their meaning.
  private static let numbers: Set<String> = ["brand_id", "status", "duration_ms", "migration_head", "port", "count"]

  package static func text(
    at moment: Timestamp, level: Logger.Level, service: String, message: String, metadata: Logger.Metadata, redaction: LogRedaction
  ) -> String {
    var line = "{\"ts\":\(JSONWriter.quoted(moment.description)),\"level\":\"\(level.rawValue)\",\"service\":\(JSONWriter.quoted(service))"
    line += ",\"message\":"
    JSONWriter.writeQuoted(bounded(redaction.clean(message)), to: &line)
    let fields = metadata.sorted { $0.key < $1.key }
    for (key, value) in fields.prefix(fieldsMax) { append(key, value, redaction, to: &line) }
    if fields.count > fieldsMax { line += ",\"fields_dropped\":\(fields.count - fieldsMax)" }
    return line + "}\n"
  }

  private static func append(_ key: String, _ value: Logger.MetadataValue, _ redaction: LogRedaction, to line: inout String) {
    line += ","
    JSONWriter.writeQuoted(reserved.contains(key) ? "field_" + key : bounded(key), to: &line)
    line += ":"
    let text = LogRedaction.isSecret(key: key) ? LogRedaction.replacement : bounded(redaction.clean("\(value)"))
    if numbers.contains(key), let number = Int64(text) {
      line += String(number)
    } else {
      JSONWriter.writeQuoted(text, to: &line)
    }
  }

  private static func bounded(_ text: String) -> String {
    guard text.utf8.count > valueCharactersMax else { return text }
    return String(text.prefix(valueCharactersMax)) + "…"
  }
}
