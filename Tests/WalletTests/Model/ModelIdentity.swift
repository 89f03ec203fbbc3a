/// What Cordon chooses for a transaction that a command begins. The model can't know it and takes it from the answer; it checks that it is new.
struct ModelIdentity: Hashable, Sendable {
  let id: String
  let createdAt: String
}
