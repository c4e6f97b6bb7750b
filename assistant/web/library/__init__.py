"""项目库: past forms browsed, searched, compared, counted and brought in."""
