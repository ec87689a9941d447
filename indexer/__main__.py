"""python -m indexer"""

import os
import sys

from indexer.command import main
from indexer.telemetry import configure

configure()
sys.exit(main(sys.argv[1:], os.environ))
