"""Scoring profiles: dated, sourced parameters, loaded strictly from ``profiles/*.yaml``."""

from __future__ import annotations

from assistant.form.model import Form, Frozen


class Profile(Frozen):
    """The parameters of one scoring practice. To be completed: every regulation number lives here."""

    id: str
    name: str


def profile_ids() -> tuple[str, ...]:
    """The ids of all profiles, the default first."""
    raise NotImplementedError


def load_profile(profile_id: str) -> Profile:
    """The profile ``profile_id``. Raises DefinitionError for an unknown id or a malformed file."""
    raise NotImplementedError


def profile_for(form: Form) -> Profile:
    """The profile that fits the form's year, template and structure when nobody chose one."""
    raise NotImplementedError
