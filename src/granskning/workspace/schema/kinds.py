"""What kind of file lies where, told by its path alone: asked at every step, so nothing heavy is read for it."""

from __future__ import annotations

import re
from functools import lru_cache

MARK = "granskning.yaml"
"""The file that makes a folder a working folder."""

COLLECTION = "granskning.collection.yaml"
"""The file that gathers several working folders."""

LOCAL = ".granskning/local.yaml"
"""What a user's own computer has, which git ignores."""

STATISTICS = "criteria/statistics"
"""The folder of the indicators."""

_KINDS = (
    (re.compile(r"granskning\.yaml\Z"), "workspace"),
    (re.compile(r"granskning\.collection\.yaml\Z"), "collection"),
    (re.compile(r"criteria/statistics/[^/]+\.yaml\Z"), "indicator"),
    (re.compile(r"criteria/(?:earlier/)?[^/]+\.yaml\Z"), "criteria"),
    (re.compile(r"strategies/[^/]+/strategy\.yaml\Z"), "strategy"),
    (re.compile(r"strategies/[^/]+/actions\.yaml\Z"), "actions"),
    (re.compile(r"strategies/[^/]+/reviews/[^/]+/[^/]+\.yaml\Z"), "review"),
    (re.compile(r"strategies/[^/]+/remarks/[^/]+/[^/]+\.yaml\Z"), "remarks"),
    (re.compile(r"strategies/[^/]+/published/[^/]+/publication\.yaml\Z"), "publication"),
)


# kept by the process: a kind follows from the path alone, and every step of reading asks for it
@lru_cache(maxsize=4096)
def kind_of_file(path: str) -> str | None:
    """What kind of file lies at the path, by its place in the folder."""
    return next((kind for pattern, kind in _KINDS if pattern.match(path)), None)
