"""What `ape run deploy` is made of. Invariant: killed at whatever moment, it is completed by the next run."""
