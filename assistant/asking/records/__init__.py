"""What the past forms hold, as records in columns, and queries executed over them exactly."""
