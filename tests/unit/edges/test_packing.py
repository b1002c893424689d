"""What travels between machines are values, whichever version of Python packs them."""

from __future__ import annotations

import pickle

import pytest

from granskning.edges.cluster.packing import NoValueError, pack, unpack
from granskning.findings.severity import Severity


def test_a_member_of_an_enumeration_travels_by_its_value() -> None:
    packed = pack(Severity.ERROR, (Severity.WARNING,))
    assert b"getattr" not in packed
    assert unpack(packed) == (Severity.ERROR, (Severity.WARNING,))


class _Asked:
    def __reduce__(self) -> tuple[object, ...]:
        return getattr, (Severity, "mro")


def test_what_asks_for_an_attribute_is_no_value() -> None:
    with pytest.raises(NoValueError):
        unpack(pickle.dumps((_Asked(),)))
