"""A fetcher that fetches nothing: whatever a page asks for outside itself is refused, and the page is printed.

Pictures and fonts that the page carries itself are let through, unless they grow too large when they are unpacked.
"""

from __future__ import annotations

from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from granskning.edges.limits import explodes

_CARRIED = ("data:image/", "data:font/")


class Refusing(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Refuses every address but those that hold the thing itself. WeasyPrint leaves the thing out and warns."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=frozenset({"data"}), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The picture or font that the address holds; anything else is refused."""
        if not url.lower().startswith(_CARRIED):
            raise ValueError(f"refused: {url[:80]}")
        answer = super().fetch(url, headers)
        body = answer.read()
        if url.lower().startswith("data:image/") and explodes(body):
            raise ValueError(f"refused: the picture is too large when it is unpacked: {url[:40]}")
        return URLFetcherResponse(url, body, headers=dict(answer.headers))
