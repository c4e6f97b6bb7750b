"""Files in, files out: the only package that knows file formats."""
