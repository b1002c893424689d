"""The forms of a criteria set on the page, as a browser would send them back, and what the set's file says."""

from __future__ import annotations

import html
import re
from typing import Any

from served import Served, words

from granskning.workspace.yaml.source import read

SET = "criteria/prov.yaml"


def values(site: Served, file: str = SET) -> dict[str, Any]:
    found: dict[str, Any] = read((site.root / file).read_text("utf-8")).value
    return found


def form_in(site: Served, path: str, name: str = "form-part") -> dict[str, str]:
    """The fields of a form as a browser would send them."""
    body = site.ask("GET", path).body
    form = re.search(rf'<form id="{name}".*?</form>', body, re.DOTALL)
    assert form, words(body)
    fields: dict[str, str] = {}
    for key, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form[0]):
        is_tick = f'name="{key}" value="yes"' in form[0]
        if not is_tick or f'name="{key}" value="yes" checked' in form[0]:
            fields[key] = html.unescape(value)
    for key, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        fields[key] = html.unescape(value).removeprefix("\n")
    for key, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', form[0], re.DOTALL):
        fields[key] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return fields
