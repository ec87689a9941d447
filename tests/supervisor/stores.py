"""A supervisor of the three stores alone, run as a program of its own so that tests can kill it."""

import os
import sys

from services.supervisor import LocalRun, read_supervisor_settings
from services.supervisor.errors import SupervisorError


def main() -> int:
    """Says "up" once the stores are; stays until a signal."""
    run = LocalRun(read_supervisor_settings(os.environ), lambda line: print(line, flush=True))
    try:
        run.start_stores()
        run.await_blobs()
        print("up", flush=True)
        run.running.keep()
    except SupervisorError as error:
        print(f"{error.code}: {error}\n{error.next_step}", flush=True)
        return 1
    finally:
        run.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
