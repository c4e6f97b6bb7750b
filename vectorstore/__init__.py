"""The index of past indicators: rebuildable from the library at any time, never the source of truth."""
