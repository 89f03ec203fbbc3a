package import Kernel
internal import HTTPTypes

/// The page at `/docs`: the role's operations as one table, without scripts or anything from elsewhere.
package enum OperationsPage {
  package static func html(role: ServiceRole, endpoints: [Endpoint]) -> String {
    let rows = endpoints.sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }.map { endpoint in
      "<tr><td><code>\(escaped(endpoint.method.rawValue))</code></td><td><code>\(escaped(endpoint.path))</code></td>"
        + "<td>\(escaped(endpoint.summary))</td></tr>"
    }
    return """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Cordon \(escaped(role.processName))</title>
      <h1>Cordon \(escaped(role.processName))</h1>
      <p>The machine-readable description is at <a href="/openapi.json">/openapi.json</a>.</p>
      <table><thead><tr><th>Method</th><th>Path</th><th>What it does</th></tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></html>
      """
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
