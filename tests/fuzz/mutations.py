"""How inputs are twisted: bytes, lines, and what YAML says. The same random numbers give the same inputs."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    3,
    0.5,
    10**30,
    -(10**400),
    1e308,
    "",
    " ",
    "x",
    "0",
    "no",
    "~",
    ".inf",
    ".nan",
    "total",
    "not_applicable",
    "empty",
    "50 %",
    "150 %",
    "1/3",
    "1/0",
    "½",
    "٣",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"": None},
    {"x": {}},
    "2026-11-31",
    "0000-00-00",
    "9999-12-31",
    "2026-11",
    "a" * 300,
    "å" * 130,
    "-" * 40,
    "../../x",
    "/etc/passwd",
    "a/b",
    "con",
    "\u202e",
    "\ud7ff",
    "\ufeff",
    "\u2028",
    "😀",
    "a\u030a",
    "=1+1",
    "{{ x }}",
    "<b>",
    "&amp;",
    "\\",
    "'",
    '"',
    "%s",
    "{file}",
    "mean",
    "none",
    "weakest",
    "table",
    "rules",
    "ladder",
    "product",
    "geometric_mean",
    "sum",
    "median",
    "band",
    "share_of_possible",
    "criteria",
    "step",
    "log",
    "absent",
    "shrink_bounds",
    "pooled",
    "resor-barn",
    "resor",
    "provplan",
    "granskaren",
    "remiss",
    "prov@1.0.0",
    "prov",
    "http://[",
    "http://a:99999/",
    "https://exempel.se/%zz",
    "javascript:x",
)
"""Values that mean something somewhere, and what no value should be."""

TOKENS = (
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"\x7f",
    b"\x1b[31m",
    b"\r",
    b"\r\n",
    b"\n",
    b"\n\n",
    b"\t",
    b" ",
    b"  ",
    b": ",
    b":",
    b"- ",
    b"? ",
    b"# ",
    b" #",
    b"&a ",
    b"*a",
    b"!!python ",
    b"!<x>",
    b"<<: ",
    b"---\n",
    b"...\n",
    b"%YAML 9.9\n",
    b"|",
    b">",
    b"|+9",
    b">-",
    b"[",
    b"]",
    b"{",
    b"}",
    b"[" * 40,
    b"{a: " * 40,
    b"'",
    b'"',
    b'"\\x',
    b'"\\uD800"',
    b'"\\U00110000"',
    b"0x",
    b"0o9",
    b"1e999",
    b"9" * 400,
    b"<<<<<<< HEAD\n",
    b"=======\n",
    b"a" * 300,
    b">>>>>>> x\n",
    b"\xcc\x8a",
    b"\xf0\x9f\x98\x80",
    b"(",
    b")",
    b"%s",
    b"\\",
    b"../",
    b"/",
    b"null",
    b"true",
    b"-0",
    b"@",
    b"`",
)


def twist_bytes(data: bytes, random: Random) -> bytes:
    """Change a few bytes: take away, put in, double, swap or put a token in."""
    held = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        at = random.randrange(len(held) + 1)
        end = min(len(held), at + random.choice((1, 1, 2, 8, 64, 1000)))
        kind = random.randrange(6)
        if kind == 0 and held:
            del held[at:end]
        elif kind == 1 and at < len(held):
            held[at] ^= 1 << random.randrange(8)
        elif kind == 2:
            held[at:at] = held[at:end] * random.choice((1, 2, 30))
        elif kind == 3 and at < len(held):
            held[at] = random.randrange(256)
        elif kind == 4:
            other = random.randrange(len(held) + 1)
            held[at:end] = held[other : other + end - at]
        else:
            held[at:at] = random.choice(TOKENS)
    return bytes(held)


def twist_lines(data: bytes, random: Random) -> bytes:
    """Change a line: take it away, double it, move it, or set it further in or out."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    kind = random.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(random.randrange(len(lines)), lines[at])
    elif kind == 2:
        lines[at] = b" " * random.randrange(6) + lines[at].lstrip()
    elif kind == 3:
        other = random.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        name = lines[at].partition(b":")[0]
        lines[at] = name + b": " + random.choice(TOKENS)
    return b"\n".join(lines)


def places(values: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each value within."""
    if path:
        yield path
    keys = values if isinstance(values, dict) else range(len(values)) if isinstance(values, list) else ()
    for key in keys:
        yield from places(values[key], (*path, key))


def found(values: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for key in path:
        values = values[key]
    return values


def twist_values(values: Any, random: Random) -> None:
    """Change one thing that the values say: take it away, put another there, rename it, double it or move it."""
    every = list(places(values))
    if not every:
        return
    path = random.choice(every)
    parent, key = found(values, path[:-1]), path[-1]
    kind = random.randrange(8)
    if kind == 0:
        del parent[key]
    elif kind in (1, 2):
        parent[key] = deepcopy(random.choice(ODD))
    elif kind == 3:
        parent[key] = deepcopy(found(values, random.choice(every)))
    elif kind == 4 and isinstance(parent, dict):
        names = [one[-1] for one in every if isinstance(one[-1], str)]
        parent[random.choice(names) if names else "x"] = parent.pop(key)
    elif kind == 5 and isinstance(parent, list):
        parent.insert(0, deepcopy(parent[key]))
    elif kind == 6 and isinstance(parent, list):
        random.shuffle(parent)
    else:
        alike = [one for one in every if one[-1] == key]
        parent[key] = deepcopy(found(values, random.choice(alike)))


def twist_yaml(data: bytes, random: Random) -> bytes:
    """Change what a YAML text says, or its bytes where it says nothing."""
    try:
        values = yaml.load(data, yaml.CSafeLoader)  # it is the safe one, in C
        for _ in range(random.choice((1, 1, 2, 3))):
            twist_values(values, random)
        text: bytes = yaml.dump(
            values, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, encoding="utf-8", width=1000
        )
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, UnicodeError):
        return twist_bytes(data, random)
    return text.replace(b"'2026-11'", b"2026-11")


def twist_text(data: bytes, random: Random) -> bytes:
    """Change a YAML text in any of the ways."""
    return random.choice((twist_bytes, twist_lines, twist_yaml, twist_yaml))(data, random)
