"""A person with roles and units, and what these let the person see and do."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Literal

from assistant.errors import PermissionDeniedError
from assistant.form.model import Form, Frozen

ALL_UNITS = "*"
"""In ``Person.units``: every unit, also drafts that belong to none."""

PastForms = Literal["all", "own"]
"""Which past forms a person sees: of every unit, or of the person's own units only."""


class Role(StrEnum):
    """经办 drafts and submits, 审核 reviews what was submitted, 管理 keeps users, past forms and index."""

    DRAFTER = "drafter"
    REVIEWER = "reviewer"
    ADMIN = "admin"


ROLE_NAMES = {Role.DRAFTER: "经办", Role.REVIEWER: "审核", Role.ADMIN: "管理"}


class Person(Frozen):
    """Somebody known by ``id`` (the identity that the login gives, e.g. an e-mail address).

    ``units`` are names of 单位 as printed on forms, or ALL_UNITS. ``past_forms`` "own" narrows what the
    person sees of the library to forms whose 实施单位 or 主管部门 is one of ``units``.
    """

    id: str
    name: str = ""
    roles: frozenset[Role] = frozenset()
    units: tuple[str, ...] = ()
    past_forms: PastForms = "all"
    active: bool = True

    @property
    def shown(self) -> str:
        """The name that others see."""
        return self.name or self.id

    @property
    def signed(self) -> str:
        """The name with the identity behind it, as it goes into records that must stay unambiguous."""
        return f"{self.name}（{self.id}）" if self.name and self != LOCAL else self.shown

    @property
    def everywhere(self) -> bool:
        """Whether the person works for every unit."""
        return ALL_UNITS in self.units

    def has(self, *roles: Role) -> bool:
        """Whether the person is active and has one of ``roles``."""
        return self.active and bool(self.roles & set(roles))

    def covers(self, *units: str) -> bool:
        """Whether one of ``units`` is the person's own; "" (no unit) is covered only by ALL_UNITS."""
        if self.everywhere:
            return True
        own = {folded_unit(unit) for unit in self.units} - {""}
        return any(folded_unit(unit) in own for unit in units)

    def need(self, *roles: Role) -> None:
        """Raises PermissionDeniedError where the person has none of ``roles``."""
        if not self.has(*roles):
            names = "或".join(ROLE_NAMES[role] for role in roles)
            raise PermissionDeniedError(f"这一步需要“{names}”角色，您还没有；如需要请联系管理员。")

    @property
    def sees_all_past(self) -> bool:
        """Whether every past form may be shown to the person."""
        return bool(self.roles) and (self.past_forms == "all" or self.everywhere)

    def sees_past(self, form: Form) -> bool:
        """Whether a past form may be shown to the person, cited for the person or counted in an answer."""
        return self.sees_all_past or (bool(self.roles) and self.covers(form.unit, form.department))

    def unit_for(self, form: Form) -> str:
        """The unit to which a new draft of the person belongs; "" for someone who works for every unit."""
        if self.everywhere:
            return ""
        own = [unit for unit in self.units if folded_unit(unit) == folded_unit(form.unit)]
        return (own or list(self.units) or [""])[0]


def folded_unit(unit: str) -> str:
    """A unit's name for comparison: width, spaces and case do not count."""
    return "".join(unicodedata.normalize("NFKC", unit).split()).casefold()


def short_name(signed: str) -> str:
    """A name without the identity behind it; ``signed`` is "" for what was done before there were persons."""
    return signed.split("（", maxsplit=1)[0]


LOCAL = Person(id="local", name="本机用户", roles=frozenset(Role), units=(ALL_UNITS,))
"""The one person of an installation without login: may do everything."""

NOBODY = Person(id="", active=False)
"""Somebody whom the installation does not know: may do nothing."""
