"""The exit codes of the command line; 0 is success."""

FATAL = 1
USAGE = 2
CHAIN_UNREACHABLE = 3
DATABASE_UNREACHABLE = 4
BUSY = 5
UNUSABLE = 6
