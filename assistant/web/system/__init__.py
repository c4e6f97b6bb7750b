"""系统: what runs, what answers, and who may log in."""
