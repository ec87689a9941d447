"""The `lightdom` command: thin, one file a verb."""
