"""Lines of a text that has its line ends as they are: LF, CRLF or CR."""

from __future__ import annotations

import re

_END = re.compile(r"\r\n?|\n|\Z")
_COMMENT = re.compile(r"[ \t]*#")


def usual_line_end(text: str) -> str:
    """The line end that most lines of the text have."""
    windows = text.count("\r\n")
    plain, old = text.count("\n") - windows, text.count("\r") - windows
    return max(((plain, "\n"), (windows, "\r\n"), (old, "\r")), key=lambda one: one[0])[1]


def line_start(text: str, at: int) -> int:
    """Where the line of that character begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line ends, before its line end."""
    found = _END.search(text, at)
    return found.start() if found else len(text)


def next_line(text: str, at: int) -> int:
    """Where the next line begins."""
    found = _END.search(text, at)
    return found.end() if found else len(text)


def previous_end(text: str, at: int) -> int:
    """Where the line above that of the character ends, before its line end."""
    start = line_start(text, at)
    return start - 2 if text[max(start - 2, 0) : start] == "\r\n" else max(start - 1, 0)


def is_first_on_line(text: str, at: int) -> bool:
    """Whether only spaces stand before the character on its line."""
    return not text[line_start(text, at) : at].strip(" ")


def comments_above(text: str, at: int) -> int:
    """Where the line begins, or the first of the comments that stand right above it, equally far in."""
    start = line_start(text, at)
    column = at - start
    while start > 0:
        end = previous_end(text, start)
        above = line_start(text, end)
        if not _COMMENT.match(text[above:end]) or text[above:end].index("#") != column:
            break
        start = above
    return start


def block_end(text: str, start: int, stop: int, value: str) -> int:
    """Where the content of a block scalar ends, before the last line end; after its header if it has no content.

    `start` and `stop` are the parser's marks; the latter lies after the empty lines and comments that follow.
    """
    header_end = line_end(text, start)
    begin, end = next_line(text, start), header_end
    keeps = "+" in text[start:header_end].split("#", maxsplit=1)[0]
    first = next((line for line in value.split("\n") if line.strip(" ")), None)
    indent = None
    while begin < stop:
        close = line_end(text, begin)
        line = text[begin:close]
        lead = len(line) - len(line.lstrip(" "))
        if line.strip(" "):
            if indent is None and first is not None:
                indent = lead - (len(first) - len(first.lstrip(" ")))
            if indent is None or lead < indent:
                break
            end = close
        elif keeps or (indent is not None and lead > indent):
            end = close
        begin = next_line(text, begin)
    return end
