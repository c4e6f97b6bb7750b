"""What several pages show: a form, its findings, a proposal, a place, a difference, a file taken away."""
