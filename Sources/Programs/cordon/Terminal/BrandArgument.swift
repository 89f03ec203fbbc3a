internal import ArgumentParser
internal import Kernel

/// `--brand N`.
struct BrandArgument: ExpressibleByArgument {
  let id: BrandID

  init?(argument: String) {
    guard let id = BrandID(text: argument) else { return nil }
    self.id = id
  }
}
