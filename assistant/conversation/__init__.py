"""One turn of a conversation after the other: words in, cards to decide on out; stored, undone, resumed."""
