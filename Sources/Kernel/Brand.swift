/// A brand as the catalogue (`cordon.brand`) knows it.
package struct Brand: Hashable, Sendable {
  package enum Status: String, Sendable, CaseIterable {
    case enabled
    case disabled
  }

  package let id: BrandID
  package let code: BrandCode
  package let status: Status
  package let currency: Currency

  package init(id: BrandID, code: BrandCode, status: Status, currency: Currency) {
    self.id = id
    self.code = code
    self.status = status
    self.currency = currency
  }
}
