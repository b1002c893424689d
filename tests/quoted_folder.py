"""A working folder with a document of its own, in which quotations can be looked up."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
HERE = "Omsorgsresor nämns en gång."
OTHER = "Kvinnor och män ska ha samma makt att forma samhället."
PAGES = ("Förord till planen", f"1 Resor\n{HERE}", f"2 Makt\n{OTHER}")


def put(folder: Path, name: str, data: bytes, *, sha256: str | None = None, pages: int | None = None) -> None:
    """Let the edition's document be this one."""
    file = folder / "strategies/provplan/strategy.yaml"
    text = file.read_text("utf-8").partition("    document:")[0]
    digest = sha256 or hashlib.sha256(data).hexdigest()
    text += f"    document: documents/{name}\n    sha256: {digest}\n" + (f"    pages: {pages}\n" if pages else "")
    file.write_text(text, "utf-8")
    (folder / "strategies/provplan/documents" / name).write_bytes(data)
