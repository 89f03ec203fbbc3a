internal import ArgumentParser
internal import Platform

/// How a command that reads shows what it read.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON for programs instead of text for people.")
  var json = false

  /// One of the two forms, on standard output; the other is never computed.
  func print(json value: @autoclosure () -> JSONValue, text: @autoclosure () -> String) {
    Terminal.data(json ? JSONWriter.text(of: value()) : text())
  }
}
