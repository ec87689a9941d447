"""How many small faults in a contract its tests find: `make mutation` (CONTRIBUTING.md)."""
