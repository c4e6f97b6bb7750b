"""What a person's words say: amounts, rows, causes, names of projects and offices. It proposes nothing."""
