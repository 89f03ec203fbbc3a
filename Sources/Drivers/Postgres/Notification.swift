/// What somebody sent with NOTIFY.
package struct Notification: Hashable, Sendable {
  package let channel: String
  package let payload: String
}
