"""PDFs to verify: a report of ours that is twisted, and its attachments replaced by other things."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from fuzz.folders import Folder
from fuzz.judge import run_lawfully
from fuzz.mutations import twist_bytes, twist_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

SMALL = Path(__file__).with_name("small-report.pdf")
"""A report with its attachments and one empty page. It may be old: that it is told of as such is an answer too."""
_TOKENS = (
    b"/Kids [1 0 R]",
    b"/Length 999999999",
    b"/Filter /FlateDecode",
    b"/Names 1 0 R",
    b"/Type /Pages",
    b"<<" * 300,
    b"[" * 900,
    b"/Count -1",
    b"/EF <</F 1 0 R>>",
    b"/Encrypt 1 0 R",
    b"/Prev 0",
    b"/Root 2 0 R",
    b"endstream endobj",
    b"\0" * 50,
)


@dataclass
class PdfsDoor:
    """What `verify` is given."""

    name: str = "pdf"
    _folder: Folder = field(default_factory=lambda: Folder(in_git=True))

    def seeds(self) -> Mapping[str, bytes]:
        """A report, and files that are none."""
        return {"report": SMALL.read_bytes(), "text": b"%PDF-1.7\n%%EOF\n", "nothing": b""}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Change bytes, put an odd object in, or change what an attachment says."""
        kind = random.randrange(4)
        if kind == 0:
            return _other_attachment(data, random)
        if kind == 1:
            at = random.randrange(len(data) + 1)
            return data[:at] + random.choice(_TOKENS) + data[at:]
        return twist_bytes(data, random)

    def enter(self, data: bytes) -> str:
        """Verify it."""
        folder = self._folder.renew()
        (folder / "rapport.pdf").write_bytes(data)
        return f"exit {run_lawfully(folder, 'verify', 'rapport.pdf').returncode}"


def _other_attachment(data: bytes, random: Random) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            name = random.choice(sorted(pdf.attachments))
            text = pdf.attachments[name].get_file().read_bytes()
            if name.endswith(".json"):
                values = json.loads(text)
                twist_values(values, random)
                text = json.dumps(values).encode()
            else:
                text = twist_bytes(text, random)
            pdf.attachments[name] = pikepdf.AttachedFileSpec(
                pdf, text, filename=name, description="", mime_type="", creation_date="", mod_date=""
            )
            made = io.BytesIO()
            pdf.save(made, static_id=True)
            return made.getvalue()
    except (pikepdf.PdfError, IndexError, ValueError, KeyError, RuntimeError, TypeError):
        return twist_bytes(data, random)
