"""起草: the conversation, the live form beside it, and what is done to a draft by hand."""
