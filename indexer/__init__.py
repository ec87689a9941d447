"""Mirrors the events of our contracts into Postgres, so that the database always equals the chain."""

__all__: list[str] = []
