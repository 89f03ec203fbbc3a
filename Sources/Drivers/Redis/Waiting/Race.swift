/// Runs the waits side by side and returns when the first has ended and the others, which are cancelled then, have given up.
func race(_ waits: @Sendable () async -> Void...) async {
  await withTaskGroup { group in
    for wait in waits { group.addTask { await wait() } }
    await group.next()
    group.cancelAll()
  }
}
