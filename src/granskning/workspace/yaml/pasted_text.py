"""What is pasted from a word processor, made into text that a YAML file can hold. No word is lost."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Line breaks by other names: Word's line break is a vertical tab, its page break a form feed."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What nobody sees, and YAML refuses: control characters, halves of characters, byte order marks."""


def clean_text(text: str) -> str:
    """The text with one kind of line break, without control characters, and without spaces at the ends of lines."""
    lines = _UNSEEN.sub("", _BREAKS.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
