internal import Kernel

/// Under which account a provider is told of a player.
enum OutboundRules {
  /// `{brand_code}_{account}`, in lower case where the provider has no other; nil where it doesn't fit, and an alias must stand in for it.
  static func account(of account: String, brand: BrandCode, at terms: ProviderTerms) -> String? {
    let whole = "\(brand)_\(account)"
    return [whole, whole.lowercased()].first { candidate in
      candidate.utf8.count <= terms.accountCharactersMax && candidate.utf8.allSatisfy(terms.accountAlphabet.allows)
    }
  }
}
