import Foundation
import Kernel
import Testing

@testable import Game

@Suite("The spool of dead letters")
struct DeadLetterSpoolTests {
  private func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.path + "/cordon-spool-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory)
  }

  private func dying(at step: SpoolStep, _ directory: String) -> DeadLetterSpool {
    DeadLetterSpool(directory: directory, bounds: .init()) { (reached: SpoolStep) throws(SpoolFault) in
      // A process that dies cleans nothing up: `slow` is the fault that the spool doesn't tidy after.
      if reached == step { throw .slow }
    }
  }

  /// As if nobody had touched the folder for two minutes.
  private func age(_ directory: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -120)], ofItemAtPath: "\(directory)/\(name)")
    }
  }

  @Test("letters come out as they went in, the oldest first, and are gone when they are taken out")
  func inAndOut() throws {
    try withDirectory { directory in
      let spool = DeadLetterSpool(directory: directory)
      try spool.prepare()
      let letters = (0..<3).map { DeadLetterBench.letter("account-\($0)") }
      for letter in letters.reversed() { try spool.write(letter) }
      let content = try spool.content()
      #expect(content.letters == letters.map { "\($0.id).letter" }.sorted())
      #expect(content.oldest.map { abs($0.seconds - WallClock.system.now().seconds) < 5 } == true)
      for (name, letter) in zip(content.letters, letters.sorted { "\($0.id)" < "\($1.id)" }) {
        #expect(try spool.read(name) == letter)
        try spool.remove(name)
        #expect(try spool.read(name) == nil)
        try spool.remove(name)
      }
      #expect(try spool.content() == SpoolContent())
      let permissions = try FileManager.default.attributesOfItem(atPath: directory)[.posixPermissions] as? Int
      #expect(permissions == 0o700)
    }
  }

  @Test("a full spool says so, by letters and by bytes, also after a restart, and takes more when there is room")
  func full() throws {
    try withDirectory { directory in
      let spool = DeadLetterSpool(directory: directory, bounds: .init(filesMax: 2))
      try spool.prepare()
      let first = DeadLetterBench.letter()
      try spool.write(first)
      try spool.write(DeadLetterBench.letter())
      #expect(throws: SpoolFault.full) { try spool.write(DeadLetterBench.letter()) }
      let restarted = DeadLetterSpool(directory: directory, bounds: .init(filesMax: 2))
      try restarted.prepare()
      #expect(throws: SpoolFault.full) { try restarted.write(DeadLetterBench.letter()) }
      try restarted.remove("\(first.id).letter")
      try restarted.write(DeadLetterBench.letter())
      let narrow = DeadLetterSpool(directory: directory, bounds: .init(bytesMax: try restarted.content().bytes + 100))
      try narrow.prepare()
      #expect(throws: SpoolFault.full) { try narrow.write(DeadLetterBench.letter()) }
    }
  }

  @Test("dying before a letter has its name leaves none; torn ones are set aside, whole ones become letters; dying after it loses nothing")
  func deaths() throws {
    for step in [SpoolStep.torn, .written, .named] {
      try withDirectory { directory in
        let spool = dying(at: step, directory)
        try spool.prepare()
        let letter = DeadLetterBench.letter()
        #expect(throws: SpoolFault.slow) { try spool.write(letter) }
        let successor = DeadLetterSpool(directory: directory)
        #expect(try successor.prepare().leftovers == [], "another process may be writing it at this moment")
        try age(directory)
        for leftover in try successor.content().leftovers { try successor.adopt(leftover) }
        let content = try successor.content()
        #expect(content.leftovers == [])
        #expect(content.letters.count == (step == .torn ? 0 : 1), "\(step)")
        #expect(content.aside == (step == .torn ? 1 : 0), "\(step)")
        if let name = content.letters.first { #expect(try successor.read(name) == letter) }
      }
    }
  }

  @Test("dying after COMMIT leaves the file for the next process, which finds the same letter and takes it out (S0-DLQ-15)")
  func committed() throws {
    try withDirectory { directory in
      let spool = dying(at: .committed, directory)
      try spool.prepare()
      let letter = DeadLetterBench.letter()
      try spool.write(letter)
      let name = "\(letter.id).letter"
      #expect(throws: SpoolFault.slow) { try spool.remove(name) }
      let successor = DeadLetterSpool(directory: directory)
      #expect(try successor.prepare().letters == [name])
      #expect(try successor.read(name) == letter)
      try successor.remove(name)
      #expect(try successor.content() == SpoolContent())
    }
  }

  @Test("a file that can't be read is set aside as it is, and never lost")
  func unreadable() throws {
    try withDirectory { directory in
      let spool = DeadLetterSpool(directory: directory)
      try spool.prepare()
      let letter = DeadLetterBench.letter()
      try spool.write(letter)
      let name = "\(letter.id).letter"
      let torn = try Data(contentsOf: URL(filePath: "\(directory)/\(name)")).dropLast(9)
      try torn.write(to: URL(filePath: "\(directory)/\(name)"))
      #expect(try spool.read(name) == nil)
      #expect(try Data(contentsOf: URL(filePath: "\(directory)/aside/\(name)")) == torn)
      let content = try spool.content()
      #expect(content.letters == [] && content.aside == 1)
    }
  }

  @Test("a letter that the disk doesn't take leaves no trace, and is told as a fault of the disk")
  func noDisk() throws {
    try withDirectory { directory in
      let spool = DeadLetterSpool(directory: directory, bounds: .init()) { (step: SpoolStep) throws(SpoolFault) in
        if step == .written { throw .disk("No space left on device") }
      }
      try spool.prepare()
      #expect(throws: SpoolFault.disk("No space left on device")) { try spool.write(DeadLetterBench.letter()) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["aside"])
      let missing = DeadLetterSpool(directory: directory + "/missing")
      #expect(throws: SpoolFault.self) { try missing.write(DeadLetterBench.letter()) }
    }
  }
}
