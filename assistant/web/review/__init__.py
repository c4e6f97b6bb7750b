"""审核: submitted forms, comments at their cells, points, and the decision."""
