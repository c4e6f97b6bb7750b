"""What one person changed on an older version, put together with what others saved since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.errors import ConflictError
from assistant.form.changes import Change, changes
from assistant.form.edit import Edit, apply
from assistant.form.merge import Clash, Side, merge
from assistant.form.model import Form, Frozen
from assistant.form.wording import place_name
from assistant.library import DraftRecord

_NAMED = 4
_SHORT = 40


class ClashError(ConflictError):
    """Both changed the same cells. Carries what is needed to ask the person and to try again."""

    def __init__(
        self, draft: str, clashes: Sequence[Clash], edits: tuple[Edit, ...], base_version: int, who: str
    ) -> None:
        super().__init__(
            f"您改表的同时，{who or '另一个窗口'}也改了{len(clashes)}处相同的地方；"
            "您的修改还没有写入，请逐处选择。"
        )
        self.draft = draft
        self.clashes = tuple(clashes)
        self.edits = edits
        self.base_version = base_version
        self.who = who


class Joined(Frozen):
    """The common form, and what was put together in one sentence."""

    form: Form
    notice: str


def join(
    base: DraftRecord, edits: tuple[Edit, ...], record: DraftRecord, who: str, picks: Mapping[Clash, Side]
) -> Joined:
    """``edits`` of ``base`` on the form that ``who`` saved since. Raises ClashError for undecided clashes."""
    mine = apply(base.form, edits)
    merged = merge(base.form, mine, record.form, picks)
    if merged.clashes:
        raise ClashError(record.id, merged.clashes, edits, base.version, who)
    own = _named(mine, changes(base.form, mine))
    others = _named(record.form, _told(base.form, record.form))
    how = "已按您的选择合并" if picks else "两边改的地方不重叠，已自动合并"
    return Joined(
        form=merged.form,
        notice=f"您改表的同时，{who or '另一个窗口'}保存了第{record.version}版。{how}。"
        f"您改的：{own or '无'}；对方改的：{others or '无'}。",
    )


def overtaken(what: str, who: str, version: int) -> ConflictError:
    """Somebody saved after the person looked: the act would undo what the person has not seen."""
    return ConflictError(
        f"{who or '另一个窗口'}刚刚保存了第{version}版，{what}没有执行；"
        f"请先看看现在的内容，确实要{what}就再点一次。"
    )


def clash_at(
    record: DraftRecord, edits: Iterable[Edit], since: Iterable[Change], who: str
) -> ConflictError | None:
    """The error for a card whose cell was changed ``since`` the person looked; None where none was."""
    changed = {change.location: change for change in since if change.kind == "changed"}
    for edit in edits:
        change = changed.get(edit.location)
        if change is not None and change.new != edit.new:
            return ConflictError(
                f"{place_name(record.form, edit.location)}刚被{who or '另一个窗口'}从“{_short(change.old)}”"
                f"改成“{_short(change.new)}”，这条建议没有写入；请看过现在的内容，再决定要不要采纳。"
            )
    return None


def _told(before: Form, after: Form) -> list[Change]:
    """The changes of others without what is only computed anew."""
    return [
        change
        for change in changes(before, after)
        if change.location.section != "total" and change.location.field not in ("score", "rate")
    ]


def _named(form: Form, found: Sequence[Change]) -> str:
    names = [
        f"删去“{_short(change.old)}”" if change.kind == "removed" else place_name(form, change.location)
        for change in found
    ]
    more = f"等{len(names)}处" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
