"""Reviewers' questions: the question as data, understood without a model, executed exactly, with citations."""
