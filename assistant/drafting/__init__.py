"""Proposals for targets, explanations, indicators and goals, and the conversation that leads to a form."""
