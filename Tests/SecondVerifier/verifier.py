#!/usr/bin/env python3
"""A second verifier of bundles, written from docs/formats and the C2SP texts alone: nothing of the first is in it, and nothing must be installed.
verifier.py BUNDLE KEYS exits 0 and says "verified", or exits 3 and says what it found: "code ledger first-entry last-entry byte", joined by "; ".
verifier.py --batch BUNDLE KEYS does so for each change that standard input names: "xor N V", "del N", "ins N V", "cut N", "add V", "file PATH"."""
import base64, functools, hashlib, json, re, sys

sha = lambda data: hashlib.sha256(data).digest()
big = lambda data: int.from_bytes(data, "big")
key_id = lambda name, kind, key: sha(name + b"\n" + bytes([kind]) + key)[:4]

# Ed25519 (RFC 8032): verification only, in extended coordinates.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def point(data):
    y, sign = int.from_bytes(data, "little") & 2**255 - 1, data[31] >> 7
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if (x * x - x2) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P) if (x * x - x2) % P == 0 else None
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
@functools.cache
def signed(key, message, signature):
    public, r, s = point(key), signature[:32], int.from_bytes(signature[32:], "little")
    if public is None or s >= L or len(signature) != 64:
        return False
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    minus = P - public[0], public[1], 1, P - public[3]
    table, sum = [None, BASE, minus, add(BASE, minus)], (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        sum, choice = add(sum, sum), (s >> bit & 1) | (k >> bit & 1) << 1
        sum = add(sum, table[choice]) if choice else sum
    z = pow(sum[2], P - 2, P)
    return (sum[1] * z % P | (sum[0] * z % P & 1) << 255).to_bytes(32, "little") == r

# What texts are made of.
class Found(Exception):
    def __init__(self, code, ledger="-", first="-", last=None, byte="-"):
        self.line = f"{code} {ledger} {first} {first if last is None else last} {byte}"
# Bytes that a format doesn't have are a ValueError, as those that aren't UTF-8 or base64 are in Python.
def need(condition):
    if not condition:
        raise ValueError
def check(condition, *finding, byte="-"):
    if not condition:
        raise Found(*finding, byte=byte)
def otherwise(finding, parse, *arguments):
    try:
        return parse(*arguments)
    except (ValueError, RecursionError):
        raise finding from None
def b64(text, count=None):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data) == text and count in (None, len(data)))
    return data
def match(pattern, text):
    need(re.fullmatch(pattern, text))
    return text
def number(text):
    need(int(match(rb"0|[1-9][0-9]{0,18}", text)) < 2**63)
    return int(text)
operator = lambda text: match(rb"(?=.{1,128}\Z)[a-z0-9.-]+(/[a-z0-9.-]+)*", text)
def fields(text, *names):
    """The values of lines "name value", exactly these. A name that ends in "!" is a whole line."""
    lines = text.split(b"\n")
    need(len(lines) == len(names) + 1 and lines.pop() == b"")
    for line, name in zip(lines, names):
        need(line == name[:-1].encode() if name.endswith("!") else line.startswith(name.encode() + b" "))
    return [line[len(name) + 1:] for line, name in zip(lines, names) if not name.endswith("!")]
def key_name(text):
    need(text and len(text.encode()) <= 255 and "+" not in text and not any(c.isspace() for c in text))
    return text.encode()
def note(data):
    """The text, and the signatures by name and id."""
    need(len(data) <= 65536 and all(c >= 32 or c == 10 for c in data) and data.endswith(b"\n"))
    end = data.decode().encode().rfind(b"\n\n")
    lines, signatures = data[end + 2:-1].split(b"\n"), {}
    need(end >= 0 and len(data) > end + 2 and len(lines) <= 64)
    for line in lines:
        parts = line.decode().split(" ")
        need(len(parts) == 3 and parts[0] == "\u2014")
        name, signature = key_name(parts[1]), b64(parts[2].encode())
        need(len(signature) > 4 and (name, signature[:4]) not in signatures)
        signatures[name, signature[:4]] = signature[4:]
    return data[:end + 1], signatures
def history(data):
    """Operator and keys, as (key, from). Every signature holds."""
    need(len(data) <= 2**20 and data.endswith(b"\n"))
    lines, keys, name, before = data[:-1].split(b"\n"), [], None, None
    while lines:
        count = 10 if keys else 9
        need(len(lines) >= count)
        text, signatures = note(b"".join(line + b"\n" for line in lines[:count]))
        who, n, key, start, previous, approval = fields(
            text, "cordon-signing-key 1!", "operator", "number", "key", "from", "previous", "approval")
        who, key, start, lines = operator(who), b64(key, 32), number(start), lines[count:]
        need(number(n) == len(keys) + 1 and name in (None, who) and start <= (2**63 - 1) // 10**6)
        need(previous == (base64.b64encode(sha(before)) if before else b"none") and match(rb"[!-~]{1,128}", approval))
        need(not keys or start > keys[-1][1] and key != keys[-1][0])
        signers = [k for k, _ in keys[-1:]] + [key]
        need(list(signatures) == [(who + b"/keys", key_id(who + b"/keys", 1, k)) for k in signers])
        need(all(signed(k, text, s) for k, s in zip(signers, signatures.values())))
        keys, name, before = keys + [(key, start)], who, text
    return name, keys

# Trees (RFC 6962): each function walks as the RFC defines it.
node = lambda left, right: sha(b"\1" + left + right)
half = lambda size: 1 << (size - 1).bit_length() - 1
def root(hashes):
    if len(hashes) < 2:
        return hashes[0] if hashes else sha(b"")
    return node(root(hashes[:half(len(hashes))]), root(hashes[half(len(hashes)):]))
def path_length(index, size):
    return size > 1 and 1 + (path_length(index, half(size)) if index < half(size) else path_length(index - half(size), size - half(size)))
def climb(index, size, leaf, path):
    left = half(size) if size > 1 else 0
    if index < left:
        return node(climb(index, left, leaf, path[:-1]), path[-1])
    return node(path[-1], climb(index - left, size - left, leaf, path[:-1])) if left else leaf
def connects(old, new, old_root, new_root, proof):
    def walk(m, n, whole, rest):
        if m == n:
            need(whole or rest)
            return (old_root, old_root, rest) if whole else (rest[0], rest[0], rest[1:])
        left = half(n)
        a, b, rest = walk(m, left, whole, rest) if m <= left else walk(m - left, n - left, False, rest)
        need(rest)
        return (a, node(b, rest[0]), rest[1:]) if m <= left else (node(rest[0], a), node(rest[0], b), rest[1:])
    try:
        return walk(old, new, True, proof) == (old_root, new_root, []) if old else not proof and old_root == sha(b"")
    except ValueError:
        return False

# Entries: header, and columns as name:kind, with "?" where they may be absent; t is text, j JSON, a number a count of bytes.
LAYOUTS = {ledger.encode(): (f"cordon {ledger.replace('_', ' ')} {version}\n".encode(), [c.rstrip("?").split(":") + ["?" in c] for c in columns])
           for ledger, version, *columns in map(str.split, """
wallet_ledger 1 brand_id:8 seq:8 prev_hash:32 request_id:t command:t transaction_id:16? player_id:8? account:t currency:t amount:8 balance_after:8? created_at:8
player_balance_log 2 brand_id:8 seq:8 prev_hash:32 log_id:8 player_id:8 change_type:t request_id:t? currency:t amount:8 balance_before:8 balance_after:8 created_at:8
admin_audit 2 brand_id:8? seq:8 prev_hash:32 audit_id:8 operator_id:t action:t resource:t resource_key:t old_value:j? new_value:j? reason:t? request_id:t? created_at:8
recovery_audit 2 brand_id:8 seq:8 prev_hash:32 recovery_audit_id:8 surface:t subject_id:8? action:t outcome:t contact_hash:32? source_ip_hash:32? metadata:j request_id:t? created_at:8
security_audit_logs 1 seq:8 prev_hash:32 id:8 event_type:t user_id:t? authenticated_restaurant_id:8? attempted_restaurant_id:8? session_id:t? ip_address:t? user_agent:t? severity:t created_at:8
system_event 1 brand_id:8? seq:8 prev_hash:32 event_id:8 event_key:t kind:t outcome:t reason:t? status:8? request_id:t trace_id:t? service:t caller:t? operator_id:t? player_id:8? method:t? route:t? occurrences:8 detail:j? occurred_at:8 created_at:8
""".strip().split("\n"))}
class Number(str): pass  # as it is spelled
def spell(value, depth=0):
    need(depth < 64 and not (isinstance(value, str) and "\0" in value))
    if isinstance(value, Number):
        need(re.fullmatch(r"(?!-[0.]*$)-?(0|[1-9][0-9]*)(\.[0-9]+)?", value))
        return value
    if isinstance(value, tuple):
        keys = [(len(key.encode()), key.encode()) for key, _ in value]
        need(keys == sorted(set(keys)))
        return "{" + ", ".join(spell(key, depth) + ": " + spell(member, depth + 1) for key, member in value) + "}"
    return "[" + ", ".join(spell(v, depth + 1) for v in value) + "]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
def entry(data, header, columns):
    need(data.startswith(header))
    at, values = len(header), {}
    for name, kind, optional in columns:
        length, at = big(data[at:at + 4]), at + 4
        need(at <= len(data) and (optional or length != 2**32 - 1))
        values[name] = None if length == 2**32 - 1 else data[at:at + length]
        if values[name] is not None:
            at += length
            need(at <= len(data) and (kind in "tj" or length == int(kind)))
            text = values[name].decode() if kind in "tj" else ""
            need(kind != "j" or spell(json.loads(text, parse_int=Number, parse_float=Number, parse_constant=int, object_pairs_hook=tuple)) == text)
    need(at == len(data))
    return values

# The sections' contents.
def manifest(data):
    who, scope, start, end, logs = fields(data, "cordon-bundle-manifest 1!", "operator", "scope", "from", "to", "logs")
    need(scope == b"platform" or scope.startswith(b"brand/") and number(scope[6:]) > 0)
    need(number(start) <= number(end) and 1 <= number(logs) <= len(LAYOUTS))
    return operator(who), scope, number(end), number(logs)
def log_head(data):
    ledger, *numbers = fields(data, "ledger", "first", "entries", "earlier")
    first, count, earlier = map(number, numbers)
    need(ledger in LAYOUTS and first + count < 2**63 and earlier <= 4096)
    return ledger, first, count, earlier
def checkpoint(data):
    text, signatures = note(data)
    lines = text[:-1].split(b"\n")
    need(len(lines) >= 3 and all(lines))
    origin, size, top = key_name(lines[0].decode()), number(lines[1]), b64(lines[2], 32)
    need(size > 0 or top == sha(b""))
    return origin, size, top, text, signatures
def hashes(data, count=None):
    need(len(data) % 32 == 0 and count in (None, len(data) // 32))
    return [data[i:i + 32] for i in range(0, len(data), 32)]
MOST = dict(M=1024, K=2**20, L=1024, C=65536, P=65536, H=4096, T=8192, I=2048, E=65535, S=65536)
class Bundle:
    def __init__(self, data, trusted):
        self.data, self.at, self.trusted, self.findings, self.newest, self.covered = data, 0, trusted, [], 0, hashlib.sha256()
    def peek(self):
        check(self.at < len(self.data), "truncated", byte=len(self.data))
        return chr(self.data[self.at])
    def take(self, count, covered=True):
        part, self.at = self.data[self.at:self.at + count], self.at + count
        check(len(part) == count, "truncated", byte=len(self.data))
        self.covered.update(part if covered else b"")
        return part
    def section(self, kind, parse=lambda data: data):
        place = self.at
        length = big(self.take(5, kind != "S")[1:]) if self.peek() == kind else 2**32
        check(length <= MOST[kind], "malformed", byte=place)
        return otherwise(Found("malformed", byte=place), parse, self.take(length, kind not in "ES"))
    def judge(self):
        try:
            self.read()
        except Found as found:
            self.findings.append(found.line)
        return "; ".join(self.findings) or "verified"
    def read(self):
        check(self.take(16) == b"cordon-bundle 1\n", "malformed", byte=0)
        self.operator, self.scope, end, logs = self.section("M", manifest)
        (name, self.keys), last = otherwise(Found("bad_history"), history, self.section("K")), b""
        check(name == self.operator, "bad_history")
        check(any((name + b"/keys", key) in self.trusted for key, _ in self.keys), "untrusted")
        for _ in range(logs):
            last = self.log(last, end)
        self.seal()
    def checkpoint(self, kind, ledger):
        origin, size, top, text, signatures = self.section(kind, checkpoint)
        check(origin == self.operator + b"/" + self.scope + b"/" + ledger, "wrong_log", ledger.decode())
        signer = next((i for i, (key, _) in enumerate(self.keys) if (origin, key_id(origin, 1, key)) in signatures), None)
        check(signer is not None, "unknown_signer", ledger.decode())
        key, start = self.keys[signer]
        timed = signatures.get((origin, key_id(origin, 4, key)), b"")
        time, message = big(timed[:8]), b"cosignature/v1\ntime %d\n" % big(timed[:8]) + text
        true = signed(key, text, signatures[origin, key_id(origin, 1, key)]) and signed(key, message, timed[8:])
        check(true and time <= (2**63 - 1) // 10**6, "bad_signature", ledger.decode())
        if not start <= time < (self.keys + [(0, 2**63)])[signer + 1][1]:
            self.findings.append(Found("outside_key_time", ledger.decode()).line)
        self.newest = max(self.newest, signer)
        return size, top, time
    def log(self, last, end):
        place = self.at
        ledger, first, count, earlier = self.section("L", log_head)
        check(ledger > last, "malformed", byte=place)
        (size, top, time), name, ascending = self.checkpoint("C", ledger), ledger.decode(), -1
        check(first + count <= size, "beyond_checkpoint", name, size + 1, first + count)
        if time < end // 10**6:
            self.findings.append(Found("older_than_range", name).line)
        for _ in range(earlier):
            (old, old_top, _), proof = self.checkpoint("P", ledger), self.section("H", hashes)
            check(ascending < old < size and connects(old, size, old_top, top, proof), "inconsistent", name)
            ascending = old
        self.chain = bytes(32) if first == 0 else None
        for tile in range(first // 256, (first + count + 255) // 256) if count else []:
            self.tile(tile, range(max(first, tile * 256), min(first + count, tile * 256 + 256)), ledger, size, top)
        check(self.peek() != "E", "extra", name, first + count + 1)
        return ledger
    def tile(self, tile, indexes, ledger, size, top):
        name, tiles, entries = ledger.decode(), (size + 255) // 256, []
        check(self.peek() != "E", "extra", name, indexes[0] + 1)
        leaves = self.section("T", lambda data: hashes(data, min(256, size - tile * 256)))
        path = self.section("I", lambda data: hashes(data, path_length(tile, tiles)))
        for index in indexes:
            check(self.peek() == "E", "missing", name, index + 1)
            entries.append(self.section("E"))
        check(climb(tile, tiles, root(leaves), path) == top, "wrong_proof", name, tile * 256 + 1, tile * 256 + len(leaves))
        for index, data in zip(indexes, entries):
            self.entry(data, index, leaves, ledger, (name, index + 1))
    def entry(self, data, index, leaves, ledger, at):
        leaf, place = sha(b"\0" + data), (index + 1).to_bytes(8, "big")
        check(leaf == leaves[index % 256], "misplaced" if leaf in leaves else "changed", *at)
        values = otherwise(Found("not_an_entry", *at), entry, data, *LAYOUTS[ledger])
        brand = None if self.scope == b"platform" else int(self.scope[6:]).to_bytes(8, "big")
        check(values.get("brand_id", brand) == brand, "wrong_brand", *at)
        check(values.get("seq", place) == place, "wrong_number", *at)
        check("prev_hash" not in values or self.chain in (None, values["prev_hash"]), "broken_chain", *at)
        self.chain = sha(data)
    def seal(self):
        text = b"cordon-bundle-seal 1\n" + base64.b64encode(self.covered.digest()) + b"\n%d\n" % self.at
        name, (found, signatures) = self.operator + b"/bundles", otherwise(Found("wrong_seal"), note, self.section("S"))
        check(found == text and len(signatures) == 1, "wrong_seal")
        lines = [(key, signatures.get((name, key_id(name, 1, key)), b"")) for key, _ in self.keys[self.newest:]]
        check(any(signed(key, text, line) for key, line in lines), "wrong_seal")
        check(self.at == len(self.data), "malformed", byte=self.at)
def trusted_keys(path):
    keys = [line.split(b"+", 2) for line in open(path, "rb").read().split(b"\n") if line and not line.startswith(b"#")]
    need(all(id.decode() == key_id(name, b64(text, 33)[0], b64(text)[1:]).hex() for name, id, text in keys))
    return {(name, b64(text)[1:]) for name, _, text in keys if b64(text)[0] == 1}
def changed(data, op, n, v=0):
    if op == "file": return open(n, "rb").read()
    n, v, cut, rest = int(n), bytes([int(v)]), data[:int(n)], data[int(n):]
    flipped = bytes(c ^ v[0] for c in rest[:1])
    return {"xor": cut + flipped + rest[1:], "del": cut + rest[1:], "ins": cut + v + rest, "cut": cut, "add": data + bytes([n & 255])}[op]
if __name__ == "__main__":
    bundle, trusted = open(sys.argv[-2], "rb").read(), trusted_keys(sys.argv[-1])
    changes = [line.split() for line in sys.stdin] if sys.argv[1] == "--batch" else [["cut", len(bundle)]]
    print("\n".join(verdicts := [Bundle(changed(bundle, *change), trusted).judge() for change in changes]))
    sys.exit(0 if sys.argv[1] == "--batch" or verdicts == ["verified"] else 3)
