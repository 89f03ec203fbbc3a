import Kernel
import Testing

@testable import Platform

@Suite("Metrics")
struct MetricsTests {
  @Test("the classic format: help, type, escaped labels, whole numbers")
  func classic() {
    let registry = MetricsRegistry()
    registry.counter("a_total", "Counts \"a\" \\ b.", labels: ["x", "y"]).increment(["q\"\\\n", "é"], by: 3)
    registry.gauge("b", "A gauge.").set(1.5)
    #expect(
      registry.exposition(.prometheus) == #"""
        # HELP a_total Counts "a" \\ b.
        # TYPE a_total counter
        a_total{x="q\"\\\n",y="é"} 3
        # HELP b A gauge.
        # TYPE b gauge
        b 1.5

        """#)
  }

  @Test("OpenMetrics: counters lose their suffix in the metadata, and the text ends with EOF")
  func openMetrics() {
    let registry = MetricsRegistry()
    registry.counter("a_total", "Counts.").increment()
    #expect(registry.exposition(.openMetrics) == "# HELP a Counts.\n# TYPE a counter\na_total 1\n# EOF\n")
  }

  @Test("histograms have cumulative buckets, a sum and a count")
  func histogram() {
    let registry = MetricsRegistry()
    let histogram = registry.histogram("h_seconds", "Times.", labels: ["k"], bounds: [0.1, 1])
    for value in [0.05, 0.1, 0.5, 3] { histogram.observe(value, ["v"]) }
    let text = registry.exposition(.prometheus)
    for line in [
      #"h_seconds_bucket{k="v",le="0.1"} 2"#, #"h_seconds_bucket{k="v",le="1"} 3"#, #"h_seconds_bucket{k="v",le="+Inf"} 4"#,
      #"h_seconds_sum{k="v"} 3.65"#, #"h_seconds_count{k="v"} 4"#,
    ] { #expect(text.contains(line + "\n"), "\(text)") }
  }

  @Test("a family keeps at most its bound of series and counts the rest together")
  func cardinality() {
    let counter = MetricsRegistry().counter("c_total", "C.", labels: ["id"])
    for index in 0..<5000 { counter.increment([String(index)]) }
    let samples = counter.samples()
    #expect(samples.count == SeriesTable<CounterSeries>.seriesMax + 1)
    #expect(samples.first { $0.labels.first?.value == "_other" }?.value == 4000)
  }

  @Test("counting from many tasks loses nothing")
  func concurrent() async {
    let registry = MetricsRegistry()
    let counter = registry.counter("c_total", "C.", labels: ["k"])
    let gauge = registry.gauge("g", "G.").series()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<1000 {
            counter.increment(["a"])
            gauge.add(0.5)
          }
        }
      }
    }
    #expect(counter.series(["a"]).value == 8000)
    #expect(gauge.value == 4000)
  }

  @Test("the same declaration twice is one family")
  func declaredTwice() {
    let registry = MetricsRegistry()
    registry.counter("c_total", "C.", labels: ["k"]).increment(["a"])
    registry.counter("c_total", "C.", labels: ["k"]).increment(["a"])
    #expect(registry.exposition(.prometheus).contains("c_total{k=\"a\"} 2"))
  }

  @Test("S0-RES-26, S0-OBS-37, S0-OBS-38 /metrics has requests by brand, the mode, the build and the process, each with help")
  func scraped() async throws {
    try await ServedRole.serving { role in
      _ = try await role.send("GET", "/v1/notes/5", headers: [("x-brand-id", "2")])
      _ = try await role.send("GET", "/nothing")
      let answer = try await role.send("GET", "/metrics")
      #expect(answer.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
      for line in [
        #"request_total{brand_code="brand2",service="wallet_service"} 1"#, #"request_total{brand_code="none",service="wallet_service"} 1"#,
        #"multi_brand_enforcement_mode{service="wallet_service"} 2"#, #"cordon_build_info{version="1.2.3",commit="abc1234"} 1"#,
        #"http_server_request_duration_seconds_count{http_request_method="GET",http_route="/v1/notes/{note_id}",http_response_status_code="200"} 1"#,
        #"cordon_http_refused_total{reason="not_found"} 1"#, "cordon_http_requests_in_flight 1",
      ] { #expect(answer.text.contains(line + "\n"), "\(line)") }
      for name in [
        "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_max_fds", "process_start_time_seconds",
      ] {
        let value = answer.text.split(separator: "\n").first { $0.hasPrefix(name + " ") }?.split(separator: " ").last.flatMap { Double($0) }
        #expect((value ?? 0) > 0, "\(name)")
      }
      let names = Set(answer.text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] })
      for name in names { #expect(answer.text.contains("# HELP \(name) ")) }
      let open = try await role.send("GET", "/metrics", headers: [("accept", "application/openmetrics-text; version=1.0.0")])
      #expect(open.header("content-type")?.hasPrefix("application/openmetrics-text") == true)
      #expect(open.text.hasSuffix("# EOF\n"))
    }
  }
}
