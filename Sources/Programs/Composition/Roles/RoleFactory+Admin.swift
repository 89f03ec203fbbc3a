internal import Kernel
internal import Platform

extension RoleFactory {
  func adminService(_ foundation: RoleFoundation) throws -> RoleParts {
    throw StartRefused("admin_service is being put together")
  }
}
