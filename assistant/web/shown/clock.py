"""Times as the person in front of the browser reads them."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def local(at: datetime) -> datetime:
    """``at`` in the browser's time zone; in the server's own where the browser does not tell a known one."""
    return at.astimezone(_zone())


def _zone() -> tzinfo | None:
    try:
        return ZoneInfo(str(st.context.timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
