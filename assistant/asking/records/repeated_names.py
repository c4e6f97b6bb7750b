"""Projects of which there are forms of several years: their name alone does not tell which is meant."""

from __future__ import annotations

import numpy as np

from assistant.asking.records.view import View


def repeats_projects(view: View) -> bool:
    """Whether forms of different years have the same project."""
    names, of_form = view.column("forms", "project_name")
    _, years = view.column("forms", "year")
    pairs = np.unique(np.stack((of_form, years)), axis=1)
    found, many = np.unique(pairs[0], return_counts=True)
    return any(names[place].text for place in found[many > 1].tolist())
