"""The demonstration: three real pages claimed, checked and paid, and one planted lie that a challenger slashes."""
