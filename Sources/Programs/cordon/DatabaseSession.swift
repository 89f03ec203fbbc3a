internal import Logging
internal import Platform
internal import Postgres

/// A database for the length of one command.
enum DatabaseSession {
  static func with<Value>(_ options: ConfigurationOptions, _ body: (Database) async throws -> Value) async throws -> Value {
    let url = try ConfigurationOptions.require(Settings.databaseURL, in: options.load())
    let database = Database(try DatabaseConfiguration(url: url, poolSizeMax: 2), logger: Logger(label: "cordon"))
    do {
      let value = try await body(database)
      await database.close()
      return value
    } catch {
      await database.close()
      throw error
    }
  }
}
