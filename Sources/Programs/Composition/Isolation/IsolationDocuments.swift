internal import Kernel

/// Reads the OpenAPI documents of a running stack's roles.
struct IsolationDocuments: Sendable {
  let stack: HarnessStack

  func operations() async throws -> [DescribedOperation] {
    var operations: [DescribedOperation] = []
    for role in RoleFactory.available {
      let reply: StackReply
      do {
        reply = try await stack.client.send("GET", "/openapi.json", at: stack.url(role))
      } catch {
        throw HarnessFault.unreachable(role: role, url: stack.url(role), why: "\(error)")
      }
      guard reply.status == 200, let described = DescribedOperation.all(of: role, in: reply.body) else {
        throw IsolationFault.undescribed(role: role.rawValue, reply.summary)
      }
      operations += described
    }
    return operations
  }
}
