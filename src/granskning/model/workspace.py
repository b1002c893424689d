"""A whole working folder, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action
    from granskning.model.indicator import Indicator
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy


RIGHTS = ("review", "approve", "publish", "actions", "criteria", "strategy", "upload", "settings", "save")
"""What a role may be given to do on a shared page, besides reading."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role (roll) of the organisation: what it is called, what it may do on a shared page, and who has it."""

    id: str
    title: Mapping[str, str]
    may: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    """The names that the login gives."""


@dataclass(frozen=True, slots=True)
class StrategyNumber:
    """A number that strategies may have, such as a budget (tal för strategier), by which figures can be weighted."""

    id: str
    title: Mapping[str, str]
    unit: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """What granskning.yaml says about the working folder."""

    organisation: str
    language: str
    criteria: str
    contact: str | None = None
    accessibility_statement: str | None = None
    web_address: str | None = None
    """Where the pages of a build are published."""
    logo_text: str | None = None
    """What the logo says, for those who do not see it."""
    roles: tuple[Role, ...] = ()
    numbers: tuple[StrategyNumber, ...] = ()
    area_code: str = ""
    """The folder's own area (county or municipality), whose figures texts name and charts lead with."""

    @property
    def role_titles(self) -> dict[str, Mapping[str, str]]:
        """What the roles are called, by id."""
        return {role.id: role.title for role in self.roles}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A whole working folder (arbetsyta), as far as it could be read."""

    settings: Settings
    criteria: Mapping[str, CriteriaSet]
    """By reference, `id@version`."""
    strategies: Mapping[str, Strategy]
    reviews: tuple[Review, ...]
    """All that could be read, in order of strategy, round, kind and reviewer."""
    actions: Mapping[str, tuple[Action, ...]]
    """By strategy."""
    indicators: Mapping[str, Indicator]
    left_out: tuple[LeftOut, ...] = ()
    """The reviews' files that do not count, by file."""
