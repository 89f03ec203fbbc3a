/// Places in the life of a spooled letter between which a process may die. Each is tested by dying there.
enum SpoolStep: String, Hashable, Sendable, CaseIterable {
  /// A part of the temporary file is written: torn.
  case torn
  /// The temporary file is whole and on the disk, under its temporary name. Nobody was told that the letter is kept.
  case written
  /// It has its name, and the folder is on the disk. Nobody was told yet.
  case named
  /// A row is committed, and the file is still there.
  case committed
}
