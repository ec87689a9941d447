# No public names: the batches are for the other compiled modules.
