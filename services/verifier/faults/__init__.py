"""What the contracts would accept as a proof, one file a kind: each looks at what is committed, and at nothing else."""
