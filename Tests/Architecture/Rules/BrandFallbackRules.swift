/// A brand that isn't known is an error, never another brand (S0-HARD-42): no number, no default stands in for it.
enum BrandFallbackRules {
  // A dot ends a word here: `header.brand`.
  private static var fallback: Regex<AnyRegexOutput> {
    Regex(/(?i)\bbrand(id)?(\??\.(id|rawvalue))?\)? *\?\? *(-?[0-9]|\.|brandid\(|(self\.)?default|\w*\.default)/)
      .wordBoundaryKind(.simple)
  }
  private static var number: Regex<AnyRegexOutput> { Regex(/\bBrandID\((unchecked: *)?-?[0-9]/).wordBoundaryKind(.simple) }

  static func violations(_ file: SourceFile) -> [String] {
    file.code.enumerated().compactMap { index, code in
      code.contains(fallback) || code.contains(number) ? "\(file.path):\(index + 1): a brand that is made up" : nil
    }
  }
}
