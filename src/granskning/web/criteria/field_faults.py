"""Which field of a form a finding is about, so that it can be told there: by the path that it has in the set's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.model.question_fields import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def faults_by_field(refused: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> dict[str, str]:
    """What is wrong with each field, in words. `keys` are the fields, without their language.

    A field is named by the end of the path: `when.below`, `coverage`, `level:2`; the longest that is a field is it.
    """
    known, faults = set(keys), dict[str, str]()
    for finding in refused:
        steps = [str(step) for step in finding["path"]]
        ends = [".".join(steps[start:]) for start in range(len(steps))]
        ends += [end.rpartition(".")[0] for end in ends] + [f"{LEVEL}{step}" for step in steps] + steps[::-1]
        name = next((end for end in ends if end in known), "")
        if name and name not in faults:
            hint = finding["hint"]
            faults[name] = f"{finding['message']}. {hint[:1].upper()}{hint[1:]}".strip()
    return faults
