"""python -m indexer"""

import sys

from indexer.command import main

sys.exit(main())
