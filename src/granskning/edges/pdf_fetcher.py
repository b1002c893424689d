"""A fetcher that fetches nothing: whatever a page asks for outside itself is refused, and the page is printed."""

from __future__ import annotations

from typing import NoReturn

from weasyprint.urls import URLFetcher


class Refusing(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Refuses every address. WeasyPrint leaves the thing out and warns."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=frozenset(), allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002  # WeasyPrint's signature
        """Refuse."""
        raise ValueError(f"refused: {url[:80]}")
