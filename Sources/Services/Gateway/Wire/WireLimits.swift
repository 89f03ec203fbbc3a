internal import Kernel

/// What one message may hold before it is refused; the defaults are the platform's bounds.
package struct WireLimits: Sendable {
  /// Request line, fields and the empty line together.
  package var headBytesMax = Limits.headerBytesMax
  package var fieldsMax = Limits.headerFieldsMax
  package var targetBytesMax = Limits.requestTargetBytesMax
  /// Bytes after the size on a chunk's first line. Extensions are read over, never passed on.
  package var chunkExtensionBytesMax = 256
  /// All trailer lines of one message together. Trailers are checked, then dropped.
  package var trailerBytesMax = 4096

  package init() {}
}
