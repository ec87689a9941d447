"""Installs what LightDom is made of. Runs before any package is there: standard library only."""
