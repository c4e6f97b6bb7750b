"""From what a question says to the typed query that asks for it, or to the reason why there is none."""
