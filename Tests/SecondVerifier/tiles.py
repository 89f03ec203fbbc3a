#!/usr/bin/env python3
"""A reader of published logs, written from the C2SP texts alone (tlog-tiles, tlog-checkpoint, tlog-cosignature, RFC 6962): it sees a folder of files and public keys.
tiles.py FOLDER LOG-KEY [--witness KEY]... [--since CHECKPOINT] [--leaf INDEX HEX]... exits 0 and says "verified SIZE ROOT", or exits 3 and says what is wrong."""
import argparse, base64, hashlib, os, sys
from verifier import b64, key_id, note, number, sha, signed

def leaf_path(index):
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
def fail(text):
    print(text)
    sys.exit(3)
def vkey(text):
    name, id, data = text.encode().split(b"+", 2)
    data = b64(data, 33)
    if key_id(name, data[0], data[1:]).hex().encode() != id:
        fail("a key has another id")
    return name, data[0], data[1:]
def holds(text, signatures, key):
    name, kind, public = key
    signature = signatures.get((name, key_id(name, kind, public)))
    if signature is None:
        return False
    if kind == 1:
        return signed(public, text, signature)
    time = int.from_bytes(signature[:8], "big")
    return signed(public, b"cosignature/v1\ntime %d\n" % time + text, signature[8:])
def checkpoint(path, key):
    with open(path, "rb") as file:
        text, signatures = note(file.read())
    origin, size, root = text.split(b"\n")[:3]
    if origin != key[0] or not holds(text, signatures, key):
        fail(f"{path} isn't signed by its log")
    return text, signatures, number(size), b64(root, 32)

class Tree:
    """A tree of `size` leaves, read tile by tile."""
    def __init__(self, folder, size):
        self.folder, self.size, self.tiles = folder, size, {}
    def hash(self, level, index):
        """The hash of the perfect subtree `index` of 2^level leaves."""
        row, below = divmod(level, 8)
        first = index << below
        hashes = self.tile(row, first >> 8)[first & 255:(first & 255) + (1 << below)]
        while len(hashes) > 1:
            hashes = [sha(b"\1" + hashes[i] + hashes[i + 1]) for i in range(0, len(hashes), 2)]
        return hashes[0]
    def tile(self, row, index):
        width = min((self.size >> 8 * row) - (index << 8), 256)
        path = f"{self.folder}/tile/{row}/{leaf_path(index)}" + (f".p/{width}" if width < 256 else "")
        if path not in self.tiles:
            with open(path, "rb") as file:
                data = file.read()
            if len(data) != 32 * width:
                fail(f"{path} has {len(data)} bytes")
            self.tiles[path] = [data[i:i + 32] for i in range(0, len(data), 32)]
            # A tile above is made of the roots of those below.
            for i in range(width if row else 0):
                if self.pair(row, (index << 8) + i) != self.tiles[path][i]:
                    fail(f"{path} isn't over the tiles below it")
        return self.tiles[path]
    def pair(self, row, index):
        return sha(b"\1" + self.hash(8 * row - 1, 2 * index) + self.hash(8 * row - 1, 2 * index + 1))
    def root(self, start, end):
        """MTH(D[start:end]) of RFC 6962, in which start is a multiple of the largest power of two below the count."""
        count = end - start
        if count == 0:
            return sha(b"")
        if count & (count - 1) == 0:
            return self.hash(count.bit_length() - 1, start >> count.bit_length() - 1)
        split = 1 << count.bit_length() - 1
        return sha(b"\1" + self.root(start, start + split) + self.root(start + split, end))
    def path(self, index, start, end):
        """PATH(m, D[n]) of RFC 6962."""
        if end - start == 1:
            return []
        split = start + (1 << (end - start - 1).bit_length() - 1)
        if index < split:
            return self.path(index, start, split) + [self.root(split, end)]
        return self.path(index, split, end) + [self.root(start, split)]

def climbed(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2: the root that an inclusion proof leads to."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = sha(b"\1" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("key")
    parser.add_argument("--witness", action="append", default=[])
    parser.add_argument("--since")
    parser.add_argument("--leaf", nargs=2, action="append", default=[])
    arguments = parser.parse_args()
    key = vkey(arguments.key)
    text, signatures, size, root = checkpoint(arguments.folder + "/checkpoint", key)
    for witness in arguments.witness:
        if not holds(text, signatures, vkey(witness)):
            fail(f"{witness.split('+')[0]} hasn't cosigned the checkpoint")
    tree = Tree(arguments.folder, size)
    if tree.root(0, size) != root:
        fail("the tiles lead to another root")
    if arguments.since:
        _, _, old, before = checkpoint(arguments.since, key)
        if old > size or tree.root(0, old) != before:
            fail("the log doesn't continue the earlier checkpoint")
    for index, leaf in arguments.leaf:
        index, leaf = int(index), bytes.fromhex(leaf)
        if climbed(leaf, index, size, tree.path(index, 0, size)) != root:
            fail(f"entry {index} isn't in the log")
    for row in range(8):
        for index in range(size >> 8 * row + 8):
            tree.tile(row, index)
    print(f"verified {size} {base64.b64encode(root).decode()}")
