package import Kernel

/// The `iss` claim. Player tokens have one issuer per brand, `cordon:brand:<brand_id>`, so that a verifier can compare it with
/// the `brand_id` claim without looking anything up; operator tokens come from `cordon:admin`.
package enum TokenIssuer {
  package static let admin = "cordon:admin"

  package static func brand(_ brand: BrandID) -> String { "cordon:brand:\(brand.rawValue)" }
}
