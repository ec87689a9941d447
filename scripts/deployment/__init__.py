"""What `ape run deploy` is made of. Invariant: whatever moment it is killed at, the next run completes the deployment."""
