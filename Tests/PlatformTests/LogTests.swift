import Kernel
import Logging
import Testing

@testable import Platform

@Suite("Log lines")
struct LogTests {
  private func line(_ message: String = "m", _ metadata: Logger.Metadata, secrets: [String] = []) -> String {
    LogLine.text(
      at: Timestamp(seconds: 0), level: .info, service: "gateway", message: message, metadata: metadata,
      redaction: LogRedaction(secrets: secrets))
  }

  @Test("are one line of JSON with the fixed fields first")
  func shape() throws {
    let text = line("a\nb\u{2028}\"", ["brand_id": "7", "request_id": "r", "level": "mine", "text": "\u{0}\u{1B}[31m"])
    #expect(
      text.hasPrefix(#"{"ts":"1970-01-01T00:00:00.000000Z","level":"info","service":"gateway","message":"a\nb\u2028\"","brand_id":7,"#))
    #expect(text.components(of: "\n") == 1 && text.hasSuffix("}\n"))
    #expect(text.contains(#""field_level":"mine""#))
    _ = try JSONDocument.parse(Array(text.utf8))
  }

  @Test(
    "fields that hold secrets or personal data are redacted by their name",
    arguments: [
      "authorization", "Authorization", "access_token", "password", "otp_code", "phone_number", "email", "client_secret",
      "x-brand-signature", "set-cookie",
    ])
  func keys(key: String) {
    let text = line("m", [key: "hunter2"])
    #expect(!text.contains("hunter2"))
    #expect(text.contains(LogRedaction.replacement))
  }

  @Test("configured secrets, bearer credentials and JWTs are redacted wherever they stand")
  func values() {
    let text = line("got pw654321 from redis://:pw654321@h", ["note": "Bearer abc.def, then eyJhbGciOi.eyJ.sig end"], secrets: ["pw654321"])
    for secret in ["pw654321", "abc.def", "eyJhbGciOi"] { #expect(!text.contains(secret)) }
    #expect(text.contains("end"))
  }

  @Test("have a bounded size")
  func bounds() {
    var metadata: Logger.Metadata = ["long": "\(String(repeating: "x", count: 100_000))"]
    for index in 0..<100 { metadata["f\(index)"] = "1" }
    let text = line("m", metadata)
    #expect(text.utf8.count < 10_000)
    #expect(text.contains(#""fields_dropped":53"#))
  }

  @Test("of a role name it, have its level, and know the configuration's secrets")
  func role() throws {
    let capture = LogCapture()
    let configuration = try TestRole.configuration(["BRAND_SIGNING_KEY": "the-signing-key", "CORDON_LOG_LEVEL": "notice"])
    let logger = RoleLogger.make(role: .walletService, configuration: configuration, sink: capture.sink)
    logger.info("not logged")
    logger.notice("the-signing-key leaks")
    #expect(capture.lines.count == 1)
    #expect(capture.lines.first?.contains("[redacted] leaks") == true)
  }

  @Test("S4-START-03 the start line has environment, version hash and migration head")
  func start() throws {
    let capture = LogCapture()
    StartReport.log(try TestRole.context(log: capture), migrationHead: 8)
    let line = try #require(capture.lines.first)
    for part in [#""environment":"test""#, #""version_hash":"abc1234""#, #""migration_head":8"#, #""version":"1.2.3""#] {
      #expect(line.contains(part))
    }
  }
}
