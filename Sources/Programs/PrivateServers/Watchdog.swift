/// The shell process that stands between us and a server, so that the server can't outlive us.
///
/// It reads a pipe whose only writer is our process. The pipe ends when we close it, and also when we are killed in any way; then
/// it tells the server to stop and waits for it. Its own end is the server's end, with the server's exit code.
enum Watchdog {
  /// `echo` writes the files, not `:`, because a special built-in whose redirection fails ends the shell: somebody may have removed the
  /// directory, and the server must stop all the same. Descriptor 3 is the pipe and 4 the instance lock; the server inherits neither.
  private static let script = """
    stop_signal=$1 pid_file=$2 remove=$3
    shift 3
    "$@" 3<&- 4<&- &
    server=$!
    echo "$server" > "$pid_file"
    (
      while read -r _ <&3; do :; done
      [ -z "$remove" ] || echo > "$pid_file.last"
      kill -s "$stop_signal" "$server"
    ) 4<&- &
    reader=$!
    exec 3<&-
    wait "$server"
    code=$?
    kill "$reader" 2>/dev/null
    wait "$reader" 2>/dev/null
    rm -f -- "$pid_file"
    [ ! -e "$pid_file.last" ] || rm -rf -- "$remove"
    exit "$code"
    """

  /// - Parameters:
  ///   - stopSignal: what asks the server to stop in good order, without `SIG`.
  ///   - removing: a directory that goes when the server has ended because we have; not when it ended by itself.
  static func command(guarding server: [String], stopSignal: String, pidFile: String, removing directory: String?) -> [String] {
    ["/bin/sh", "-c", script, "cordon-watchdog", stopSignal, pidFile, directory ?? ""] + server
  }
}
