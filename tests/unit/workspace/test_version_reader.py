from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from granskning.workspace.version_reader import Broken, VersionReader, whole_review

if TYPE_CHECKING:
    from collections.abc import Mapping

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
PIECES = (
    "  resor-vardag:\n    level: 2\n",
    "  resor-vardag:\n    level: 3\n    justification: >-\n      Ord.\n\n      Fler ord.\n",
    "  resor-barn:\n    not_applicable: >-\n      Nej.\n",
    "  # en kommentar\n",
    "# längst ut\n",
    "\n",
    "  makt-samrad:\n",
    '  makt-samrad:\n    justification: "börjar\n',
    '  slutar: här"\n    level: 1\n',
    "  makt-samrad:   # tom\n",
    "  makt-samrad: {level: 1}\n",
    "  'makt-samrad':\n    level: 1\n",
    "  - fel\n",
    " fel:\n",
    "    level: 1\n",
    "    fel\n",
    "status: submitted\n",
    "summary: |\n  answers:\n  resor-vardag:\n    level: 0\n",
    "answers:\n",
    "---\n",
    "...\n",
    "\tflik\n",
    "  a: &x 1\n",
    "  b: *x\n",
    "  resor-barn:\n    level: 1 # slut\n",
    "  resor-barn:\n    open: text # avkortad\n",
    "<<<<<<< HEAD\n",
    "  resor-barn:\n    level: 1\r\n",
    "  resor-barn:\n    open: |+\n      Rad\n\n\n",
    "  resor-barn:\n    open: [\n",
    "  x]\n",
    "\x07",
    "  resor-barn:\n    level: 1",
    "  resor-vardag:\n    level: 1\n",
    "  resor-vardag:\n    level: 3\n    justification: >-\n      Ord.\n",
    "  resor-vardag:\n    level: 0\n    justification: >-\n      Ord.\n",
    "  resor-vardag:\n    level: 1\n      2\n",
    "  resor-vardag:\n    level: 1\n    level: 2\n",
    "  resor-vardag:\n    level: 2\n    open: text\n",
    "  resor-vardag:\n    level: 1\n    open: text\n",
    "  resor-vardag:\n    level: 1\n    a\n",
    "  resor-vardag:\n    level: 12\n    note: å\n",
    "  resor-vardag:\n    open: >-\n    level: 1\n",
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_version_reads_as_if_it_were_the_only_one(base_files: Mapping[str, bytes], data: st.DataObject) -> None:
    """However texts follow upon each other, each is read as it would be alone."""
    reader = VersionReader()
    lines = base_files[REVIEW].decode().splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(lines)))
        end = data.draw(st.integers(start, min(start + 8, len(lines))))
        new = data.draw(st.lists(st.sampled_from(PIECES), max_size=4))
        if data.draw(st.booleans()):
            lines = [*lines[:start], *new, *lines[end:]]
        content = "".join(lines).encode()
        assert reader.read(content, REVIEW) == whole_review(content, REVIEW)
        if data.draw(st.booleans()):
            lines = base_files[REVIEW].decode().splitlines(keepends=True)


def test_a_changed_level_is_seen(base_files: Mapping[str, bytes]) -> None:
    reader = VersionReader()
    for level in (1, 3, 2, 2, 0):
        review = reader.read(base_files[REVIEW].replace(b"level: 1", b"level: %d" % level), REVIEW)
        assert not isinstance(review, Broken)
        assert review.answers["resor-vardag"].level == str(level)


def test_what_is_wrong_is_told_with_its_line(base_files: Mapping[str, bytes]) -> None:
    reader = VersionReader()
    assert reader.read(base_files[REVIEW].replace(b"level: 1", b"level: [1]"), REVIEW) == Broken("GR122", 13)
    assert reader.read(b"\xff\xff", REVIEW) == Broken("GR002", 1)
