/// The bytes can't be read. It says nothing about the bundle.
package struct ByteSourceFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
