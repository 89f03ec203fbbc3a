internal import HTTPTypes
internal import Platform

extension LocalPage {
  private static let proxyFields: Set<String> = ["x-request-id", "content-length", "connection", "transfer-encoding"]

  /// An answer of Platform's, without the fields that the proxy writes itself.
  init(_ reply: Reply) {
    self.init(
      status: reply.status.code,
      fields: reply.headers.map { AdmissionDecision.Field(name: $0.name.canonicalName, value: $0.value) }
        .filter { !Self.proxyFields.contains($0.name) },
      body: reply.body)
  }
}
