"""What a service or a file gave was not of the form that was promised."""

from __future__ import annotations

from granskning.errors import GranskningError


class UnexpectedFormError(GranskningError):
    """The data are not what they should be: one sentence says where, and no part of them is used."""


class OtherMeaningError(GranskningError):
    """The data are well formed and complete, but mean something else than what was frozen."""
