/// What operators have set for a provider at a brand; nobody having set anything, players may play.
struct ProviderSwitches: Hashable, Sendable {
  var enabled = true
  var maintenance = false
}
