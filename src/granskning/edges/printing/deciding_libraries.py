"""The libraries that decide how an output looks."""

from __future__ import annotations

PRINTERS = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "fonttools", "pyphen")
RENDERERS = ("jinja2", "markupsafe")
DECIDING = (*PRINTERS, "pillow", "lxml", "python-docx", "pypdfium2")
"""The libraries that decide how a page is printed, as a PDF or as a Word document."""
