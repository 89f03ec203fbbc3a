internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Logging
internal import Platform

/// Where operators sign in.
struct OperatorRoutes: Sendable {
  let signIn: OperatorSignIn

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/v1/admin/sessions", id: "signInOperator", summary: "Signs an operator in", access: .open, body: SignInBody.self,
        reply: .json(OperatorSession.self, status: .created), refusals: [.invalidCredentials, .rateLimited, .overloaded, .unavailable],
        handle: begin)
    ]
  }

  @Sendable private func begin(_ request: EndpointRequest, _ body: SignInBody) async throws -> Reply {
    do {
      return try .json(try await signIn.signIn(body, requestID: request.requestID), status: .created)
    } catch let problem as Problem where problem.reason == .invalidCredentials {
      request.logger.warning("operator sign-in refused", metadata: ["operator_id": "\(body.adminID)"])
      throw problem
    }
  }
}
