"""A question that follows on another one: what the last answer left, and what is asked of that."""
