# shellcheck shell=bash
# Sourced by benchmarks: a private stack of a release, with fsync on and two brands, and what asks it. Everything it starts ends with the script.
#
# The script sets BASE_PORT, and may set CORDON to the program to measure. Afterwards: CORDON, folder, settings, database, and the functions.
export NO_PROXY=localhost,127.0.0.1,::1 no_proxy=localhost,127.0.0.1,::1
export CORDON_ENV=local CORDON_ACCESS_LOG=off
# shellcheck disable=SC2012 # versions are numbers
PATH=$PATH:/usr/lib/postgresql/$(ls /usr/lib/postgresql 2>/dev/null | sort -n | tail -1 || true)/bin

needs() { # tool…
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install gcc curl gawk postgresql redis-tools python3" >&2; exit 2; }
  done
}

pids=()
finish() {
  # What was started last leans on what was started first.
  local index
  for ((index = ${#pids[@]} - 1; index >= 0; index--)); do
    kill "${pids[index]}" 2>/dev/null || true
    wait "${pids[index]}" 2>/dev/null || true
  done
  rm -rf "$folder"
}

fail() {
  echo "could not measure: $*" >&2
  tail -n 5 "$folder"/*.log >&2 || true
  exit 2
}

until_answers() { # name url
  local _
  for _ in $(seq 300); do
    if curl -fsS -o /dev/null -m 1 "$2" 2>/dev/null; then return; fi
    sleep 0.2
  done
  fail "$1 does not answer at $2"
}

query() { psql -XAtq -v ON_ERROR_STOP=1 "$database" -c "$1"; }
setting() { (eval "$("$CORDON" config dump-env "$settings")" && printf %s "${!1}"); }
brand_number() { query "SELECT brand_id FROM cordon.brand WHERE brand_code = '$1'"; }

# Builds the program where none is given, and makes the folder that goes away.
prepare() {
  if [[ -z ${CORDON:-} ]]; then
    swift build --configuration release --product cordon
    CORDON=.build/release/cordon
  fi
  folder=$(mktemp -d)
  # PostgreSQL runs as another account when this runs as root, and must be able to enter.
  chmod 711 "$folder"
  trap finish EXIT
}

start_stack() { # role…, in the order of their ports
  local number=0 role
  for role in "$@"; do
    export "CORDON_${role}_PORT=$((BASE_PORT + number))" "CORDON_${role}_URL=http://127.0.0.1:$((BASE_PORT + number))"
    number=$((number + 1))
  done
  "$CORDON" up --directory "$folder/stack" >"$folder/up.log" 2>&1 &
  pids+=($!)
  until_answers "the stack" "http://127.0.0.1:$BASE_PORT/readyz"
  settings=$folder/stack/cordon.env
  "$CORDON" brand seed-two --config "$settings" >"$folder/seed.log" 2>&1 || fail "no brands"
  database=$(setting MIGRATE_DATABASE_URL)
  [[ $(query 'SHOW fsync'),$(query 'SHOW synchronous_commit') == on,on ]] || fail "PostgreSQL does not force commits to disk"
}

add_players() { # brand first count
  query "INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash)
    SELECT $1, $2 - 1 + n, 'bench-' || n, 'bench-' || n, 'none: nobody logs in' FROM generate_series(1, $3) AS n"
}

machine() {
  echo "$(date -u +%F) $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores, Linux $(uname -r), PostgreSQL $(query 'SHOW server_version'), fsync on, $("$CORDON" version | head -1)"
}
