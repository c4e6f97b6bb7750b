"""Which indicators of different years are the same one of a project, also where it was renamed a little."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from assistant.asking.records.columns import Mask
from assistant.asking.records.frame import Rows
from assistant.asking.records.projects import same_named, same_projects
from assistant.asking.records.results import Source


def same_rows(rows: Rows, others: Rows, records_of: Source) -> dict[int, int]:
    """For each place of ``rows`` that of the same indicator among ``others``; none where not sure which.

    ``others`` are of one time: a project has one form among theirs at most.
    """
    forms = records_of("forms")
    of_rows, of_others = (_among(forms, one) for one in (rows, others))
    same = same_projects(of_rows, of_others)
    wanted = {*same, *same.values()}
    names: dict[int, list[str]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)
    every = records_of("indicators")
    every = Rows(every.frame, every.places[np.isin(every.forms, np.array(sorted(wanted), dtype=np.int64))])
    told = zip(every.places.tolist(), every.forms.tolist(), every.texts("name"), strict=True)
    for place, form, name in told:
        names[form].append("".join(name.split()))
        places[form].append(place)
    known, found = set(others.places.tolist()), {}
    for place, form in zip(rows.places.tolist(), rows.forms.tolist(), strict=True):
        if (other := same.get(form)) is None:
            continue
        at = same_named(places[form].index(place), names[form], names[other])
        if at is not None and places[other][at] in known:
            found[place] = places[other][at]
    return found


def of_rows(rows: Rows, others: Rows, records_of: Source) -> Mask:
    """For each record whether the same indicator is among ``others``, which are of one time."""
    found = same_rows(rows, others, records_of)
    return np.array([place in found for place in rows.places.tolist()], dtype=np.bool_)


def _among(forms: Rows, rows: Rows) -> Rows:
    """The forms that ``rows`` are of."""
    return Rows(forms.frame, forms.places[np.isin(forms.forms, rows.forms)])
