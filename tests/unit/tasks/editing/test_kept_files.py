"""Pictures and files that are kept as evidence: known by their bytes, named by their hash, and never overwritten."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from granskning.errors import UsageError
from granskning.tasks.editing.evidence_file import LARGEST, evidence_file, keep_evidence_file

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\nbild"


@pytest.mark.parametrize(
    ("data", "ending", "kind"),
    [
        (PNG, "png", "image/png"),
        (b"\xff\xd8\xffbild", "jpg", "image/jpeg"),
        (b"GIF87abild", "gif", "image/gif"),
        (b"GIF89abild", "gif", "image/gif"),
        (b"RIFF\x04\0\0\0WEBPbild", "webp", "image/webp"),
        (b"%PDF-1.7", "pdf", "application/pdf"),
    ],
)
def test_a_file_is_of_the_kind_that_its_bytes_say(workspace: Path, data: bytes, ending: str, kind: str) -> None:
    digest = sha256(data).hexdigest()
    path, told = keep_evidence_file(workspace, "provplan", "Skylt.exe", data)
    assert (path, told) == (f"evidence/skylt-{digest[:8]}.{ending}", digest)
    place, media = evidence_file(workspace, "provplan", path.removeprefix("evidence/"))
    assert (place.read_bytes(), media) == (data, kind)


@pytest.mark.parametrize(
    "data", [b"RIFF\x04\0\0\0WAVE", b"LIST\x04\0\0\0WEBP", b"\x89PNG", b"GIF90a", b"<svg/>", b"MZ"]
)
def test_what_is_of_no_kind_that_is_kept_is_refused_by_its_name(workspace: Path, data: bytes) -> None:
    for name, told in (("a.png", "a.png"), ("", "–")):
        with pytest.raises(UsageError) as refused:
            keep_evidence_file(workspace, "provplan", name, data)
        assert refused.value.values["name"] == told
    assert not (workspace / "strategies/provplan/evidence").exists()


def test_a_file_may_be_as_large_as_is_said_and_no_larger(workspace: Path) -> None:
    assert LARGEST == 10 * 1024 * 1024
    keep_evidence_file(workspace, "provplan", "a.png", PNG.ljust(LARGEST, b"\0"))
    with pytest.raises(UsageError) as refused:
        keep_evidence_file(workspace, "provplan", "b.png", PNG.ljust(LARGEST + 1, b"\0"))
    assert refused.value.values["size"] == 10
    with pytest.raises(UsageError, match="no file was chosen"):
        keep_evidence_file(workspace, "provplan", "c.png", b"")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("skylt", "skylt"),
        (".png", "png"),
        ("2026.png", "fil-2026"),
        ("", "fil"),
        (f"{'a' * 39}-b.png", "a" * 39),
        (f"{'a' * 50}.png", "a" * 40),
        ("../../granskning.yaml", "granskning"),
    ],
)
def test_a_file_has_a_name_of_its_own_whatever_it_was_called(workspace: Path, name: str, stem: str) -> None:
    path, digest = keep_evidence_file(workspace, "provplan", name, PNG)
    assert path == f"evidence/{stem}-{digest[:8]}.png"


def test_the_same_picture_is_kept_once(workspace: Path) -> None:
    first, _ = keep_evidence_file(workspace, "provplan", "a.png", PNG)
    place = workspace / "strategies/provplan" / first
    place.write_bytes(PNG + b"!")  # somebody has changed it: that is told by check, and is not hidden here
    assert keep_evidence_file(workspace, "provplan", "a.png", PNG)[0] == first
    assert place.read_bytes() == PNG + b"!"


@pytest.mark.parametrize("name", ["saknas.png", "strategy.yaml", "../strategy.yaml", "a.png\n", "-a.png", ""])
def test_nothing_else_is_evidence(workspace: Path, name: str) -> None:
    keep_evidence_file(workspace, "provplan", "b.png", PNG)
    with pytest.raises(UsageError) as refused:
        evidence_file(workspace, "provplan", name)
    assert refused.value.values["name"] == name
