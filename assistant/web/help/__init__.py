"""帮助: the manual."""
