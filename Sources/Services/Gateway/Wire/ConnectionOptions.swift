/// What the `Connection` fields of a head ask for.
struct ConnectionOptions {
  var close = false
  var keepAlive = false
}
