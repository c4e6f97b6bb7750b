"""Proposals for targets, explanations, indicators, goals and weights, each on the evidence it leans on."""
