"""JSON-stat 2.0, read strictly: bytes in, a cube out (json-stat.org/full).

A value is known by its place: row-major by `id` and `size`, in the order of each category's `index`. So a list that is
a value short would move all that follow, and every length is looked at.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_, NN_
from granskning.statistics.cube import Cube, CubeCell, Dimension, is_symbol, read_symbol
from granskning.statistics.strict_json import number, read_object, text_of, whole_of
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CELLS = 2_000_000
"""A service gives some hundred thousand in one answer; more is somebody else's table, or a mistake."""


def read_json_stat(data: bytes, *, empty: bool = False) -> Cube:
    """The table in an answer; with `empty` a table whose values are not given, as in metadata.

    Raises UnexpectedFormError.
    """
    values = read_object(data)
    if values.get("class", "dataset") != "dataset" or not isinstance(values.get("dimension"), dict):
        raise UnexpectedFormError(N_("the answer is no JSON-stat data set"))
    ids, sizes = values.get("id"), values.get("size")
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes) or not ids:
        raise UnexpectedFormError(N_("id and size do not go together"))
    if len({str(code) for code in ids}) < len(ids):
        raise UnexpectedFormError(N_("a variable stands twice"))
    times = _list_of(_object_of(values, "role"), "time")
    dimensions = tuple(
        _dimension(values["dimension"], code, size, times) for code, size in zip(ids, sizes, strict=True)
    )
    extension = _object_of(_object_of(values, "extension"), "px")
    return Cube(
        title=text_of(values, "label", "") or "",
        dimensions=dimensions,
        cells={} if empty else _cells(values, dimensions),
        updated=text_of(values, "updated"),
        next_update=text_of(extension, "nextUpdate"),
        source=text_of(values, "source"),
        discontinued=_truth(_object_of(values, "extension").get("discontinued", extension.get("discontinued"))),
        notes=_notes(values, ids),
    )


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _dimension(dimensions: Mapping[str, Any], code: Any, size: Any, times: list[Any]) -> Dimension:
    if not isinstance(code, str) or not isinstance(dimensions.get(code), dict):
        raise UnexpectedFormError(N_("there is no variable {variable} among those of the answer"), variable=str(code))
    values = dimensions[code]
    category = _object_of(values, "category")
    labels = _object_of(category, "label")
    codes = _codes(category, labels, code)
    if not isinstance(size, int) or isinstance(size, bool) or size != len(codes):
        message = NN_(
            "{variable} has {count} code, but the answer says {size}",
            "{variable} has {count} codes, but the answer says {size}",
        )
        raise UnexpectedFormError(message, variable=code, count=len(codes), size=str(size))
    for label in labels.values():
        if not isinstance(label, str):
            raise UnexpectedFormError(N_("{key} is not text"), key=f"{code}.label")
    units = {key: unit for key, unit in _object_of(category, "unit").items() if isinstance(unit, dict)}
    extension = _object_of(values, "extension")
    return Dimension(
        code=code,
        label=text_of(values, "label", code) or code,
        codes={key: " ".join(str(labels.get(key, key)).split()) for key in codes},
        units={key: text_of(unit, "base", "") or "" for key, unit in units.items()},
        decimals={key: places for key, unit in units.items() if (places := whole_of(unit, "decimals")) is not None},
        is_time=code in times or code.lower() == "tid",
        can_be_left_out=extension.get("elimination") is True,
    )


def _codes(category: Mapping[str, Any], labels: Mapping[str, Any], variable: str) -> list[str]:
    """The codes in order. The index may be a list, an object, or left out where there is a single category."""
    index = category.get("index")
    if index is None and len(labels) == 1:
        return list(labels)
    if isinstance(index, list) and all(isinstance(code, str) for code in index):
        codes = index
    elif isinstance(index, dict) and sorted(map(str, index.values())) == sorted(map(str, range(len(index)))):
        codes = sorted(index, key=lambda code: int(index[code]))
    else:
        raise UnexpectedFormError(N_("the codes of {variable} have no order"), variable=variable)
    if len(set(codes)) < len(codes):
        raise UnexpectedFormError(N_("{variable} has a code twice"), variable=variable)
    return codes


def _cells(values: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> dict[tuple[str, ...], CubeCell]:
    count = math.prod(len(item.codes) for item in dimensions)
    if count > MOST_CELLS:
        raise UnexpectedFormError(N_("the answer has {count} values, more than can be right"), count=count)
    numbers = _by_place(values.get("value"), count, "value")
    statuses = _statuses(values.get("status"), count)
    places = enumerate(product(*(item.codes for item in dimensions)))
    return {codes: _cell(numbers.get(place), statuses.get(place)) for place, codes in places}


def _by_place(given: Any, count: int, key: str) -> dict[int, Any]:
    """What is given by place, as a list of all or an object of some. Raises UnexpectedFormError."""
    if isinstance(given, list):
        if len(given) != count:
            message = N_("{key} has {length} values, where the variables make {count}")
            raise UnexpectedFormError(message, key=key, length=len(given), count=count)
        return {place: item for place, item in enumerate(given) if item is not None}
    if not isinstance(given, dict):
        raise UnexpectedFormError(N_("{key} is missing"), key=key)
    placed = {}
    for place, item in given.items():
        if not place.isascii() or not place.isdigit() or not 0 <= int(place[:9]) < count:
            raise UnexpectedFormError(N_("{key} has a place that does not exist: {place}"), key=key, place=place[:20])
        placed[int(place)] = item
    return {place: item for place, item in placed.items() if item is not None}


def _statuses(given: Any, count: int) -> dict[int, Any]:
    if given is None:
        return {}
    return dict.fromkeys(range(count), given) if isinstance(given, str) else _by_place(given, count, "status")


def _cell(value: Any, status: Any) -> CubeCell:
    if status is not None and not isinstance(status, str):
        raise UnexpectedFormError(N_("{key} is not text"), key="status")
    word = status.strip() if status else ""
    if value is not None:
        exact = number(value, "value")
        if word and is_symbol(word):
            raise UnexpectedFormError(N_("a value has both a number and the sign {symbol}"), symbol=word)
        return CubeCell(exact, status=word or None)
    if word and is_symbol(word):
        return CubeCell(symbol=read_symbol(word))
    return CubeCell(status=word or "null")


def _notes(values: Mapping[str, Any], ids: list[str]) -> tuple[str, ...]:
    """The notes that must go with the figures; those of the whole table where none is marked so."""
    holders = [(values, "noteMandatory"), *((values["dimension"][code], "noteMandatory") for code in ids)]
    notes = []
    for holder, key in holders:
        marked = _object_of(_object_of(holder, "extension"), key)
        notes += [note for place, note in enumerate(_list_of(holder, "note")) if marked.get(str(place)) is True]
    for code in ids:
        marked = _object_of(_object_of(values["dimension"][code], "extension"), "categoryNoteMandatory")
        texts_by_code = _object_of(_object_of(values["dimension"][code], "category"), "note")
        for category, texts in texts_by_code.items():
            of_category = marked.get(category)
            if isinstance(texts, list) and isinstance(of_category, dict):
                notes += [note for place, note in enumerate(texts) if of_category.get(str(place)) is True]
    notes = notes or _list_of(values, "note")
    return tuple(dict.fromkeys(" ".join(note.split()) for note in notes if isinstance(note, str) and note.strip()))


def _object_of(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    content = values.get(key)
    return content if isinstance(content, dict) else {}


def _list_of(values: Mapping[str, Any], key: str) -> list[Any]:
    content = values.get(key)
    return content if isinstance(content, list) else []
