"""The worker process: one role a process, each looking at every pending claim until it has done its part."""
