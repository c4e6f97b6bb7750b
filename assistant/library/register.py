"""The register of persons: who is let in, and by whom it is kept."""

from __future__ import annotations

import unicodedata

from assistant.errors import AssistantError
from assistant.library import audit, person_store
from assistant.library.audit import AuditEntry
from assistant.library.database import Database
from assistant.people.person import LOCAL, Person, Role

_LONGEST = 50


class Register:
    """The persons of one installation, as ``person`` may see and change them."""

    def __init__(self, database: Database, person: Person) -> None:
        self._database = database
        self._person = person

    def find(self, identity: str) -> Person | None:
        """Who has this identity; None for nobody. Asked at login, so it needs no role."""
        identity = folded_identity(identity)
        return person_store.read(self._database, identity) if identity else None

    def any(self) -> bool:
        """Whether anybody is in the register yet. Asked at login, so it needs no role."""
        return bool(person_store.read_all(self._database))

    def persons(self) -> list[Person]:
        """Everybody, by identity."""
        self._person.need(Role.ADMIN)
        return person_store.read_all(self._database)

    def trail(self, most: int = 50) -> list[AuditEntry]:
        """The latest changes of persons, oldest first."""
        self._person.need(Role.ADMIN)
        return audit.latest(self._database, "person", most)

    def save(self, person: Person) -> Person:
        """Adds or changes a person; gives it as it is stored."""
        self._person.need(Role.ADMIN)
        identity = folded_identity(person.id)
        if not identity:
            raise AssistantError("登录标识不能为空；填写登录系统给出的标识，例如邮箱。")
        if len(identity) > _LONGEST or identity == LOCAL.id:
            raise AssistantError(
                f"登录标识“{identity[:_LONGEST]}”不能用：最多{_LONGEST}个字符，也不能是“{LOCAL.id}”。"
            )
        if identity == self._person.id and not person.has(Role.ADMIN):
            raise AssistantError("不能停用自己或去掉自己的“管理”角色，请另一位管理员来改。")
        units = tuple(dict.fromkeys(unit.strip() for unit in person.units if unit.strip()))
        kept = person.model_copy(
            update={"id": identity, "name": person.name.strip()[:_LONGEST], "units": units}
        )
        person_store.save(self._database, kept, self._person)
        return kept


def folded_identity(identity: str) -> str:
    """An identity for comparison: width, spaces around it and case do not count."""
    return unicodedata.normalize("NFKC", identity).strip().casefold()
