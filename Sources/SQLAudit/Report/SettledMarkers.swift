/// Markers for files that may not change any more: an applied migration has a checksum. Each line is `path:line category: reason`.
package struct SettledMarkers: Sendable {
  static let path = "db/brand-global.txt"
  private let markers: [String: BrandMarker]

  package init(_ text: String) {
    var markers: [String: BrandMarker] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let marker = BrandMarker(comment: "brand-global: " + parts[1]) else { continue }
      markers[String(parts[0])] = marker
    }
    self.markers = markers
  }

  func marker(_ path: String, _ line: Int) -> BrandMarker? { markers["\(path):\(line)"] }
}
