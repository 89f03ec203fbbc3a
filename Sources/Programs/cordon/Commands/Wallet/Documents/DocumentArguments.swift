internal import ArgumentParser

/// Which version of which brand's document a command is about.
struct DocumentArguments: ParsableArguments {
  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Argument(help: "The version's number.")
  var version: Int64
}
