internal import Contracts
internal import Foundation
internal import Kernel
internal import Postgres
internal import Security

/// Registration and profile.
struct PlayerAccounts: Sendable {
  let database: Database
  let store: PlayerStore
  let hasher: PasswordHasher
  let vault: PersonalDataVault
  let clock: WallClock

  /// Creates the account, its contact and its event in one transaction.
  ///
  /// Crash points. Before the commit nothing exists. After it, before the answer, the account exists: a repeated registration is refused with
  /// `account_taken`, and the log-in works. The outbox publishes the event whatever happens to the request.
  func register(_ registration: Registration, brand: BrandID) async throws -> PlayerBody {
    let passwordHash = try await PasswordWork.unavailableWhenBusy { try await hasher.hash(registration.password.normalized) }
    let now = clock.now()
    let player = try await database.withBrand(brand) { transaction in
      guard let player = try await store.insert(registration.account, passwordHash: passwordHash, at: now, transaction) else {
        throw Problem(.accountTaken)
      }
      try await seal(registration.contact, of: player.player, at: now, transaction)
      let event = PlayerEvent.registered(player.player, brand: brand, id: .next(clock: clock), at: now)
      try await store.addEvent(event, at: now, transaction)
      return player
    }
    return Self.body(player, registration.contact)
  }

  func profile(of player: PlayerID, brand: BrandID) async throws -> PlayerBody {
    let record = try await database.withBrand(brand) { try await store.find(player, $0) }
    guard let record else { throw Problem(.playerNotFound) }
    return Self.body(record, try contact(record, brand: brand))
  }

  /// The contact is bound to the player's number, which the row has to have first.
  private func seal(_ contact: Contact, of player: PlayerID, at now: Timestamp, _ transaction: BrandTransaction) async throws {
    guard !contact.isEmpty else { return }
    let text = String(decoding: try JSONEncoder().encode(contact), as: UTF8.self)
    do {
      let sealed = try vault.seal(text, field: .contact, brand: transaction.brand, player: player)
      try await store.setContact(sealed.ciphertext, keyID: sealed.keyID, of: player, at: now, transaction)
    } catch is PersonalDataFault {
      // No key, no contact, and no plaintext instead (S0-PLY-07).
      throw Problem(.unavailable, detail: "Contacts can't be stored right now")
    }
  }

  private func contact(_ record: PlayerRecord, brand: BrandID) throws -> Contact {
    guard let stored = record.contactCiphertext else { return Contact(email: nil, phone: nil) }
    do {
      let text = try vault.open(stored, field: .contact, brand: brand, player: record.player)
      return try JSONDecoder().decode(Contact.self, from: Data(text.utf8))
    } catch is PersonalDataFault {
      throw Problem(.unavailable, detail: "The contact can't be read right now")
    }
  }

  private static func body(_ player: PlayerRecord, _ contact: Contact) -> PlayerBody {
    PlayerBody(
      playerID: player.player.rawValue, account: player.account, status: player.status.rawValue, createdAt: player.createdAt.description,
      email: contact.email, phone: contact.phone)
  }
}
