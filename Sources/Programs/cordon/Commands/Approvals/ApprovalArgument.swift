internal import ArgumentParser
internal import Kernel

/// An approval's id.
struct ApprovalArgument: ExpressibleByArgument {
  let id: UUIDv7

  init?(argument: String) {
    guard let id = UUIDv7(text: argument) else { return nil }
    self.id = id
  }
}
