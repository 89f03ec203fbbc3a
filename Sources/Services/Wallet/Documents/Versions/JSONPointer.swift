/// Places in a JSON document (RFC 6901).
enum JSONPointer {
  static func appending(_ name: String, to pointer: String) -> String {
    pointer + "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
  }

  static func appending(_ index: Int, to pointer: String) -> String { "\(pointer)/\(index)" }
}
