"""What a 自评表 is. Pure: no I/O, no clock, no framework but pydantic."""
