/// What happens on a channel that somebody listens to.
package enum NotificationEvent: Sendable {
  /// From now on no notification is missed. What was sent before is not known: the receiver looks for itself.
  case listening
  case notification(Notification)
  /// Notifications may be missed until the next ``listening``.
  case interrupted(PostgresError)
}
