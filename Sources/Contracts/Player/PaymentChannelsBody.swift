/// How players of a brand can pay, in the order in which the brand offers it.
package struct PaymentChannelsBody: Codable, Hashable, JSONSchemaProviding {
  package let paymentChannels: [String]

  package init(paymentChannels: [String]) { self.paymentChannels = paymentChannels }

  private enum CodingKeys: String, CodingKey {
    case paymentChannels = "payment_channels"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "PaymentChannels",
    fields: [
      .required(
        "payment_channels", .array(items: .text(max: 64), countMax: 64),
        "Names of the channels, in the order in which they are offered; may be empty.")
    ])
}
