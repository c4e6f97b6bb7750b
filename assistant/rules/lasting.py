"""What makes an office and a project the same in another form or another year."""

from __future__ import annotations

import re

from assistant.form.model import Form
from assistant.rules.phrasing import same_words
from assistant.rules.year import normalised

_YEAR_WORDS = re.compile(
    r"(?<!\d)20\d\d(?!\d)(?:\s*年?度?\s*[-—–~～/至到]\s*20\d\d(?!\d))?\s*(?:学年度?|年度?)?"
    r"|(?<!\d)2\d年度?|[本上当]?(?:学年|年)度"
)


def office_of(form: Form) -> str:
    """The office of a form as it is compared: its unit, the department where no unit is printed."""
    return same_words(form.unit or form.department)


def without_year(text: str) -> str:
    """A name without punctuation, blanks, case and the years in it, for comparing."""
    return same_words(_YEAR_WORDS.sub("", normalised(text)))
