"""Tools that read the contracts without running them: `make slither`, `make symbolic`, `make coverage`."""
