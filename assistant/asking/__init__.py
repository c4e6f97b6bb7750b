"""Reviewers' questions: understood as data, executed exactly, answered with citations."""
