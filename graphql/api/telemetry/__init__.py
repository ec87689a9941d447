"""What a process tells about itself: figures for Prometheus, traces for OpenTelemetry.

Invariant: no label holds what a caller chose, so the number of series is bounded; no figure is about one person.
"""
