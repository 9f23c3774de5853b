"""The rules of complaints in plain Python: no database, no framework, no input or output."""
