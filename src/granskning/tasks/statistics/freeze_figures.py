"""A reading into the file of its indicator: guarded, whole or not at all, and sound afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.edges.writing import write_guarded
from granskning.errors import WriteRefusedError
from granskning.findings.severity import Severity
from granskning.i18n import N_
from granskning.statistics.differences import merged_rows
from granskning.statistics.plain_rows import plain_query
from granskning.workspace.indicators.check_indicator import check_indicator
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.modelling_indicator import indicator as indicator_of
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Remove, Set
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from granskning.findings.finding import Finding
    from granskning.model.indicator import Indicator
    from granskning.statistics.differences import IndicatorDifference
    from granskning.statistics.reading import StatisticsReading
    from granskning.tasks.statistics.indicator_files import IndicatorFile
    from granskning.workspace.yaml.edits import Edit


def freeze_figures(
    file: IndicatorFile, indicator: Indicator, reading: StatisticsReading, difference: IndicatorDifference, today: str
) -> None:
    """Write the reading. Raises WriteRefusedError where the file would not be sound, or has changed meanwhile."""
    edits = _edits(file, indicator, reading, difference, today)
    after = edit_bytes(file.data, edits, order_of("indicator"))
    text = decode(after)
    values = read(text).value if isinstance(text, str) else None
    faults = _faults(values, indicator.file)
    if faults:
        message = N_("what was fetched makes no sound file ({code}), so nothing was written: {file}")
        raise WriteRefusedError(
            message, file=indicator.file, code=", ".join(dict.fromkeys(f.rule.code for f in faults))
        )
    write_guarded(file.path, after, file.fingerprint)


def _edits(
    file: IndicatorFile, indicator: Indicator, reading: StatisticsReading, difference: IndicatorDifference, today: str
) -> list[Edit]:
    source = file.values["source"]
    facts: dict[str, Any] = {
        "query": plain_query(reading.query) if reading.interface != "table" else None,
        "title": reading.title,
        "unit": reading.unit,
        "interface": reading.interface,
        "retrieved": today,
        "updated": reading.updated,
        "next_update": reading.next_update,
        "last_period": reading.last_period or source.get("last_period"),
        "discontinued": reading.discontinued,
        "licence": reading.licence,
        "notes": list(reading.notes),
        "sha256": reading.sha256,
    }
    edits: list[Edit] = []
    if reading.decimals is not None and "decimals" not in file.values:
        edits.append(Set(("decimals",), reading.decimals))
    if reading.description and "measures" not in file.values:
        edits.append(Set(("measures",), {"sv": reading.description}))
    for key, value in facts.items():
        if value:
            edits.append(Set(("source", key), value))
        elif key in source:
            edits.append(Remove(("source", key)))
    edits.append(Set(("values",), merged_rows(file.values["values"], indicator, difference, today)))
    return edits


def _faults(values: Any, file: str) -> list[Finding]:
    faults = check_values("indicator", values, file)
    if not faults:
        faults = list(check_indicator(values, indicator_of(values, file)))
    return [fault for fault in faults if fault.rule.severity is Severity.ERROR]
