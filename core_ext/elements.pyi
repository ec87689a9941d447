# No public names: the table is for the other compiled modules.
