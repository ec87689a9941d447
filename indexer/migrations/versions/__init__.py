"""One file a step; its SQL is in ../sql."""
