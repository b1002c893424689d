"""The libraries that decide how an output looks, and their versions here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PRINTERS = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "fonttools", "pyphen")
RENDERERS = ("jinja2", "markupsafe")
DECIDING = (*PRINTERS, "pillow", "lxml", "python-docx", "pypdfium2")
"""The libraries that decide how a page is printed, as a PDF or as a Word document."""


def versions_of(names: tuple[str, ...]) -> dict[str, str]:
    """The versions of libraries that decide how an output looks."""
    known = {}
    for name in names:
        try:
            known[name] = version(name)
        except PackageNotFoundError:
            known[name] = ""
    return known
