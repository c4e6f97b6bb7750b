"""When two forms are the same form, and when they say the same."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from assistant.form.model import Form

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PROJECT_YEARS = (re.compile(r"(?<!\d)(20\d\d)年度"), re.compile(r"^(20\d\d)年"))


def year_of(form: Form) -> int | None:
    """The year a form is about: as known, else as printed in year line, title or project name."""
    if form.year is not None:
        return form.year
    places = [(_YEAR, form.year_line), (_YEAR, form.title)]
    places += [(pattern, form.project_name) for pattern in _PROJECT_YEARS]
    for pattern, text in places:
        found = pattern.search(text)
        if found:
            return int(found[1])
    return None


def identity_of(form: Form) -> str:
    """The same for all editions of one project's form of one year; without a name a form is only itself."""
    if not form.project_name.strip():
        return "c" + content_of(form)[1:]
    parts = [_folded(form.project_name), _folded(form.unit), str(year_of(form) or "")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def content_of(form: Form) -> str:
    """A hash of everything a form says; where it was read does not count."""
    said = form.model_dump(mode="json", exclude={"source"})
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
