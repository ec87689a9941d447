# No public names: for the other compiled modules.
