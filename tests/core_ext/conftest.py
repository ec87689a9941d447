"""Makes the oracle and the vectors' builders importable by their own names: `reference`, `reference_lexer`, `trees`."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "vectors")]
