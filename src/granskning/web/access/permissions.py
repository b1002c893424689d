"""Who may do what on a shared page: the rights that the settings give the roles of who is logged in.

Without a login in front, or where no role in the settings names users, everybody who comes in may do everything. Once a
role does, a user may do what their roles may, and read. Settings that cannot be read give nobody anything but what they
gave when they last could be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Match

from granskning.i18n import N_
from granskning.model.workspace import RIGHTS
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.routing import Route
    from starlette.types import Scope

    from granskning.model.workspace import Role
    from granskning.tasks.editing.edit_session import EditSession

WORDS = {
    "review": N_("fill in reviews"),
    "approve": N_("approve reviews"),
    "publish": N_("publish reports"),
    "actions": N_("change actions"),
    "criteria": N_("edit criteria"),
    "strategy": N_("change strategies"),
    "upload": N_("bring documents and workbooks in"),
    "settings": N_("change the settings"),
    "save": N_("save versions"),
}
"""What each right is to do, in words."""
_TEXT_NEEDS: Mapping[str | None, tuple[str, ...]] = {
    "review": ("review", "approve"),  # as text the approval can be written too
    "criteria": ("criteria",),
    "indicator": ("criteria",),
    "strategy": ("strategy",),
    "actions": ("actions",),
    "workspace": ("settings",),
}


class Permissions:
    """The rights of users, by the settings as they are now. `needs` are the rights that each route takes."""

    def __init__(self, desk: EditSession, routes: Sequence[Route], needs: Mapping[str, tuple[str, ...]]) -> None:
        self._desk, self._routes, self._needs = desk, routes, needs
        self._roles: tuple[Role, ...] | None = None

    def rights_of(self, user: str) -> frozenset[str]:
        """What a user may do besides reading."""
        settings = self._desk.loaded().workspace.settings
        if settings.organisation:  # which settings that could be read always have
            self._roles = settings.roles
        if self._roles is None:
            return frozenset()
        if not any(role.users or role.may for role in self._roles):
            return frozenset(RIGHTS)
        return frozenset(right for role in self._roles if user in role.users for right in role.may)

    def lacking(self, scope: Scope, user: str) -> tuple[str, ...]:
        """The rights that a request takes and the user does not have. What no route answers takes all of them."""
        rights = self.rights_of(user)
        return tuple(right for right in self.needed(scope) if right not in rights)

    def needed(self, scope: Scope) -> tuple[str, ...]:
        """The rights that a changing request takes, found by the same routes that will answer it."""
        for route in self._routes:
            match, child_scope = route.matches(scope)
            if match is Match.FULL:
                file = child_scope["path_params"].get("file")
                return needed_for_text(file) if file else self._needs.get(route.path, RIGHTS)
        return RIGHTS


def needed_for_text(file: str) -> tuple[str, ...]:
    """The rights that it takes to write a file as text."""
    return _TEXT_NEEDS.get(kind_of_file(file), RIGHTS)
