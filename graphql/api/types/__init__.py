"""The types of the schema, one concept a file. Each object holds the snapshot it was read in, for what hangs on it."""
