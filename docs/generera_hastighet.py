# ruff: noqa: INP001  # a script beside the pages
"""The handbook's table of speed: what a whole run of `make bench` measured last, as it wrote it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(__file__).resolve().parent / "hastighet.json"
WHATS = {
    "version": "`granskning --version`",
    "help": "`granskning --help`",
    "check-one": "`check` av en granskning som är prövad förut",
    "check-one-anew": "`check` av en granskning första gången",
    "check-jsonschema": "`check` av {0} granskningar, alla regler",
    "yamllint": "`check` av {0} granskningar, alla regler",
    "doorstop": "`check` av {0} svar i {1} granskningar",
    "ajv": "`check` av {0} granskningar första gången, alla regler",
    "check-again": "`check` av {0} granskningar som är prövade förut",
    "check-again-few": "`check` av {0} granskningar som är prövade förut",
    "score": "räkna resultatet av {0} granskningar",
    "history-anew": "läsa historiken första gången",
    "history-again": "läsa historiken som den är ihågkommen",
    "history-command": "`history` första gången, med tabellen utskriven",
    "history-command-again": "`history` en gång till, med tabellen utskriven",
    "pdf": "en PDF med {0} frågor",
    "pdf-step": "skriva ut samma sida i en process som är igång",
    "layout": "sätta {0} frågor på sidor",
    "jobs": "`build` av {0} granskningar med två arbetare",
    "cluster": "`build` av {0} granskningar med ett kluster av två",
    "build-again": "`build` en gång till av {0} granskningar, när inget har ändrats",
    "save-field": "spara ett fält med kommentarer och ordning kvar",
    "first-page": "webbsidans första vy av {0} granskningar",
    "page-save": "spara ett svar bland {0} granskningar",
    "page-overview": "översikten efter en ändring bland {0} granskningar",
    "page-review": "en granskning bland {0}",
    "quotations": "slå upp {0} citat på {1} sidor",
    "pdf-text": "läsa texten på {0} sidor PDF",
    "evidence-again": "`evidence` en gång till av allt som följer med",
}
PEERS = {
    "a Python that does nothing": "en Python som inget gör",
    "yamllint (which reads no schema)": "yamllint, som inte läser något schema",
    "reading and hashing them": "att läsa filerna och räkna SHA-256",
    "reading and hashing it": "att läsa filerna och räkna SHA-256",
    "reading them": "att läsa dem",
    "reading the folder": "att läsa mappen",
    "reading the document": "att läsa dokumentet",
    "git log --raw": "`git log --raw`",
    "WeasyPrint alone on the same HTML": "WeasyPrint ensamt på samma HTML",
    "WeasyPrint alone, with the same files and variant": "WeasyPrint ensamt, med samma bilagor och variant",
    "the same report untuned": "samma rapport utan vår trimning",
    "with one": "en arbetare",
    "one worker, without it": "en arbetare, utan kluster",
    "check, again": "`check` av samma mapp, en gång till",
    "a round trip of ruamel.yaml": "att läsa och skriva med ruamel.yaml",
    "150 ms": "150 ms",
}
AMOUNTS = {
    "check-memory": "`check` av {0} granskningar: största processen, MB",
    "history-memory": "historiken: minne, MB",
    "build-memory": "{0} rapporter i samma `build`: största processen, MiB",
    "first-visit": "första besöket i en granskning: hämtat, kB",
}
_COUNTS = re.compile(r"\d[\d,]*")


def table() -> Iterator[str]:
    """Each ratio with its spread and what it should be; what is held to a limit; where another program is faster."""
    kept = json.loads(KEPT.read_text("utf-8"))
    machine = f"med Python {kept['python']} på {kept['cores']} kärnor"
    yield f"Mätt {kept['date']} {machine}; belastningen var {_number(kept['load'])} när mätningen började."
    yield from ("", "| Vad | Mätt mot | Kvot | Vår tid (s) | Den andras tid (s) | Mål |", "|---|---|---|---|---|---|")
    for one in kept["figures"]:
        clock = " på klockan" if one["by_clock"] else ""
        aim = f"högst {_number(one['at_most'])}" + ("" if one["reached"] else ", **inte nått**")
        cells = (
            _what(WHATS, one),
            _peer(one["peer"]),
            _number(one["ratio"]) + clock,
            _spread(one["ours"]),
            _spread(one["theirs"]),
            aim,
        )
        yield f"| {' | '.join(cells)} |"
    yield from ("", "| Vad | Mätt | Högst |", "|---|---|---|")
    for one in kept["amounts"]:
        over = "" if one["amount"] <= one["at_most"] else ", **inte nått**"
        yield f"| {_what(AMOUNTS, one)} | {_number(one['amount'])} | {_number(one['at_most'])}{over} |"
    faster = [f"{_peer(one['peer'])} ({_what(WHATS, one)})" for one in kept["figures"] if one["peer_is_faster"]]
    yield ""
    yield f"Snabbare än granskning är {'; '.join(faster)}." if faster else "Inget av de andra programmen är snabbare."


def _what(words: dict[str, str], one: dict[str, Any]) -> str:
    text = words[one["id"]]
    return text.format(*(count.replace(",", "\N{NO-BREAK SPACE}") for count in _COUNTS.findall(one["what"])))


def _peer(name: str) -> str:
    if name.startswith("doorstop"):
        return f"doorstop på {_COUNTS.findall(name)[0].replace(',', chr(160))} krav"
    return PEERS.get(name, name)


def _spread(spread: dict[str, float]) -> str:
    return "–".join(_number(spread[key]) for key in ("least", "median", "most"))


def _number(number: float) -> str:
    """Two decimals of what is small; a decimal comma."""
    shown = f"{number:.2f}" if number < 10 else f"{number:.1f}"  # noqa: PLR2004  # for readers
    return shown.rstrip("0").rstrip(".").replace(".", ",")
