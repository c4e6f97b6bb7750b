"""规则: the catalogue of checks and the scoring profiles."""
