/// A target as the manifest declares it.
struct PackageTarget: Equatable {
  let name: String
  /// `regular`, `system`, `executable`, `test`.
  let type: String
  let path: String
  /// Other targets of this package; products of other packages are left out.
  let targetDependencies: [String]
}
