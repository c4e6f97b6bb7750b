"""Comments at cells: as marks of the form's table, as a list, and the places where one can be put. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from assistant.form.finding import Finding, Location, Severity
from assistant.form.merge import same_rows
from assistant.form.model import Form
from assistant.form.wording import FIELD_NAMES, SECTION_NAMES, place_name
from assistant.library import Comment
from assistant.people.person import short_name
from assistant.web.shown.escape import escape
from assistant.web.shown.form_table import COMMENT

_FIELDS: dict[str, tuple[str, ...]] = {
    "header": ("project_name", "department", "unit"),
    "funds": ("initial", "budget", "executed", "rate", "score", "label"),
    "goal": ("expected", "actual"),
    "indicators": ("target", "actual", "explanation", "score", "weight", "name"),
    "total": ("score", "note"),
}


def marks_of(comments: Iterable[Comment], form: Form, form_of: Callable[[int], Form]) -> tuple[Finding, ...]:
    """Open comments as marks for the table of ``form``; ``form_of`` gives the version each was made on.

    A comment whose row is gone is shown only in lists.
    """
    found = []
    for comment in comments:
        location = comment.location if comment.resolved_by else moved(comment, form, form_of)
        if location is None or comment.resolved_by:
            continue
        found.append(
            Finding(
                code="",
                rule=COMMENT,
                severity=Severity.WARNING,
                location=location,
                message=f"{comment.text}（{short_name(comment.person)}）",
            )
        )
    return tuple(found)


def moved(comment: Comment, form: Form, form_of: Callable[[int], Form]) -> Location | None:
    """Where a comment belongs in ``form``; None where its row is gone."""
    location = comment.location
    if location.row is None or location.section not in ("funds", "indicators"):
        return location
    section = "funds" if location.section == "funds" else "indicators"
    row = same_rows(form_of(comment.version), form, section).get(location.row)  # type: ignore[arg-type]
    return None if row is None else location.model_copy(update={"row": row})


def comment_line(comment: Comment, form: Form, place: Location | None) -> str:
    """One comment: where, what, by whom, and whether it is settled."""
    where = escape(place_name(form, place)) if place else "（这一行已删去）"
    state = f" · {escape(short_name(comment.resolved_by))}标为已改" if comment.resolved_by else ""
    kind = "done" if comment.resolved_by else "open"
    return (
        f'<div class="af-comment" data-state="{kind}"><span class="af-place">{where}</span>'
        f'{escape(comment.text)}<span class="af-quiet"> {escape(short_name(comment.person))} '
        f"{when(comment.at)}{state}</span></div>"
    )


def rows_to_comment(form: Form) -> list[Location]:
    """The parts and rows of a form at which a comment can be put."""
    places = [Location(section="header")]
    places += [Location(section="funds", row=at) for at in range(1, len(form.funds) + 1)]
    places.append(Location(section="goal"))
    places += [Location(section="indicators", row=at) for at in range(1, len(form.indicators) + 1)]
    places.append(Location(section="total"))
    return places


def row_name(form: Form, place: Location) -> str:
    """A part or row of the form in few words."""
    if place.row is None:
        return SECTION_NAMES[place.section]
    if place.section == "funds":
        return f"资金：{form.funds[place.row - 1].label or f'第{place.row}行'}"
    return f"第{place.row}行 {form.indicators[place.row - 1].name}"


def fields_to_comment(place: Location) -> Sequence[str]:
    """The cells of a part or row, "" for all of it."""
    return ("", *_FIELDS[place.section])


def field_name(place: Location, field: str) -> str:
    """A cell's heading; the whole row or part for ""."""
    if not field:
        return "整行" if place.row is not None else "整个部分"
    return "实际完成情况" if (place.section, field) == ("goal", "actual") else FIELD_NAMES[field]


def from_findings(findings: Iterable[Finding], comments: Iterable[Comment]) -> Iterator[tuple[Location, str]]:
    """The errors that no comment tells yet, as comments."""
    told = {(comment.location, comment.text) for comment in comments}
    for finding in findings:
        if finding.severity != Severity.ERROR:
            continue
        text = finding.message + (f"（{finding.arithmetic}）" if finding.arithmetic else "")
        text += f" {finding.hint}" if finding.hint else ""
        place = finding.location
        if place.section not in _FIELDS:
            place = Location(section="indicators" if place.row else "total", row=place.row, field=place.field)
        if (place, text) not in told:
            yield place, text


def when(at: datetime) -> str:
    """A time as people say it, in the server's zone."""
    return at.astimezone().strftime("%m月%d日 %H:%M")
