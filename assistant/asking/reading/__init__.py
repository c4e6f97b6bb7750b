"""What the words of a question say: conditions, intents, and the names that it is about."""
