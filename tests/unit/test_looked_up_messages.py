"""The catalogue as it lies, against the library's own reader of catalogues."""

import gettext
import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.catalogue import Catalogue, read_catalogue

TEXTS = st.text(st.sampled_from("ab åÅ\U0001f600\n{}"), max_size=6)


def compiled(entries: dict[str, str], order: str = "<") -> bytes:
    """A catalogue with these messages; one with a zero byte in it has a message for many."""
    sides = [sorted(entries), [entries[key] for key in sorted(entries)]]
    start = 28 + 16 * len(entries)
    texts, tables = b"", []
    for side in sides:
        for text in side:
            tables += [len(text.encode()), start + len(texts)]
            texts += text.encode() + b"\0"
    head = (0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    return struct.pack(f"{order}{7 + len(tables)}I", *head, *tables) + texts


@given(st.dictionaries(TEXTS, TEXTS, max_size=9), st.lists(TEXTS, max_size=5), st.sampled_from("<>"))
def test_any_message_is_found_or_stands_as_it_is(entries: dict[str, str], others: list[str], order: str) -> None:
    catalogue = Catalogue(compiled(entries, order))
    for message in (*entries, *others):
        assert catalogue.gettext(message) == entries.get(message, message)


def test_a_language_with_more_than_two_forms_counts_as_it_says() -> None:
    rule = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\n"
    data = compiled({"": rule, "fil\0filer": "a\0b\0c"})
    known, ours = gettext.GNUTranslations(io.BytesIO(data)), Catalogue(data)
    for count in range(12):
        assert ours.ngettext("fil", "filer", count) == known.ngettext("fil", "filer", count)


@pytest.mark.parametrize("data", [b"", b"\xde\x12\x04", b"no catalogue at all, but as long as one"])
def test_without_a_catalogue_messages_stand_as_they_are(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "messages.mo").write_bytes(data)
    for catalogue in (Catalogue(data), read_catalogue(tmp_path / "messages.mo"), read_catalogue(tmp_path / "none.mo")):
        assert catalogue.gettext("hint") == "hint"
        assert [catalogue.ngettext("file", "files", count) for count in (0, 1, 2)] == ["files", "file", "files"]
