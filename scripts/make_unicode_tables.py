#!/usr/bin/env python3
"""Makes torclint/names/rust_regex/tables.bin from the Unicode tables of the regex-syntax crate, version 0.8.11.

usage: make_unicode_tables.py PATH_TO_REGEX_SYNTAX_0_8_11 [--check]

The crate's source can be had with `cargo fetch` (it then lies in cargo's registry folder) or unpacked from its .crate
file. The version is pinned: Torc 1.0.0 locks regex-syntax 0.8.11, whose data is Unicode 16.0.0, and any other folder is
refused. `--check` writes nothing and fails where the file in the tree is not what would be written.

The file is one zlib stream: a line with the number of bytes of the index, the index, the range data.
Index lines, tab separated:
  N alias canonical           property names (regex-syntax unicode_tables/property_names.rs)
  V property alias canonical  property values (property_values.rs)
  T group name offset count   a table: `count` ranges from `offset` on
  F offset count              simple case folding: `count` entries
A range is two LEB128 numbers: how far its start lies after the end of the range before, and its length minus one.
A folding entry: key minus the key before, number of targets, then each target minus its key (zigzag).
"""

import re
import sys
import zlib
from pathlib import Path

VERSION = "0.8.11"
TARGET = Path(__file__).resolve().parent.parent / "torclint" / "names" / "rust_regex" / "tables.bin"
TABLE_GROUPS = {
    "age": "age",
    "gc": "general_category",
    "bool": "property_bool",
    "sc": "script",
    "scx": "script_extension",
    "gcb": "grapheme_cluster_break",
    "wb": "word_break",
    "sb": "sentence_break",
    "perl": "perl_word",
}
CHAR = r"'(\\u\{[0-9a-fA-F]+\}|\\.|[^\\'])'"
SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "'": "'", '"': '"', "\\": "\\"}


def code_point(text: str) -> int:
    if text.startswith("\\u{"):
        return int(text[3:-1], 16)
    return ord(SIMPLE_ESCAPES[text[1]] if text.startswith("\\") else text)


def read_ranges(source: str) -> dict[str, list[tuple[int, int]]]:
    """The tables of one file under the names its BY_NAME list gives them, sorted and coalesced."""
    constants = {}
    for name, body in re.findall(r"pub const (\w+): &'static \[\(char, char\)\] =\s*&\[(.*?)\];", source, re.S):
        ranges: list[tuple[int, int]] = []
        for low, high in sorted((code_point(a), code_point(b)) for a, b in re.findall(rf"\({CHAR}, {CHAR}\)", body)):
            if ranges and low <= ranges[-1][1] + 1:
                ranges[-1] = (ranges[-1][0], max(ranges[-1][1], high))
            else:
                ranges.append((low, high))
        constants[name] = ranges
    listing = re.search(r"pub const BY_NAME:.*?=\s*&\[(.*?)\];", source, re.S)
    if listing is None:
        return constants
    return {name: constants[constant] for name, constant in re.findall(r'\("(\w+)",\s*(\w+)\)', listing[1])}


def leb128(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def pack_ranges(ranges: list[tuple[int, int]]) -> bytes:
    out, last = bytearray(), 0
    for low, high in ranges:
        out += leb128(low - last) + leb128(high - low)
        last = high
    return bytes(out)


def pack_folding(source: str) -> tuple[bytes, int]:
    body = source[source.index("= &[") :]
    entries = re.findall(rf"\({CHAR},\s*&\[(.*?)\]\)", body, re.S)
    out, last = bytearray(), 0
    for key_text, targets_text in entries:
        key = code_point(key_text)
        targets = [code_point(text) for text in re.findall(CHAR, targets_text)]
        out += leb128(key - last) + leb128(len(targets))
        for target in targets:
            delta = target - key
            out += leb128(delta * 2 if delta >= 0 else -delta * 2 - 1)
        last = key
    return bytes(out), len(entries)


def build(crate: Path) -> bytes:
    tables = crate / "src" / "unicode_tables"
    index, blob = [], bytearray()
    names = (tables / "property_names.rs").read_text(encoding="utf-8")
    index += [f"N\t{alias}\t{canonical}" for alias, canonical in re.findall(r'\("(\w+)", "(\w+)"\)', names)]
    values = (tables / "property_values.rs").read_text(encoding="utf-8")
    for name, body in re.findall(r'\(\s*"(\w+)",\s*&\[(.*?)\],\s*\)', values, re.S):
        pairs = re.findall(r'\("([^"]+)",\s*"([^"]+)"\)', body)
        index += [f"V\t{name}\t{alias}\t{canonical}" for alias, canonical in pairs]
    for group, module in TABLE_GROUPS.items():
        for name, ranges in read_ranges((tables / f"{module}.rs").read_text(encoding="utf-8")).items():
            index.append(f"T\t{group}\t{name}\t{len(blob)}\t{len(ranges)}")
            blob += pack_ranges(ranges)
    folding, count = pack_folding((tables / "case_folding_simple.rs").read_text(encoding="utf-8"))
    index.append(f"F\t{len(blob)}\t{count}")
    blob += folding
    head = "\n".join(index).encode("ascii")
    return zlib.compress(b"%d\n" % len(head) + head + bytes(blob), 9)


def main(arguments: list[str]) -> int:
    paths = [Path(argument) for argument in arguments if argument != "--check"]
    if len(paths) != 1:
        print(__doc__)
        return 2
    manifest = (paths[0] / "Cargo.toml").read_text(encoding="utf-8")
    if f'name = "regex-syntax"\nversion = "{VERSION}"' not in manifest:
        print(f"{paths[0]} is not regex-syntax {VERSION}")
        return 2
    packed = build(paths[0])
    if "--check" in arguments:
        same = zlib.decompress(TARGET.read_bytes()) == zlib.decompress(packed)
        print("up to date" if same else f"{TARGET} differs")
        return 0 if same else 1
    TARGET.write_bytes(packed)
    print(f"{TARGET}: {len(packed)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
