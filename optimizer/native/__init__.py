"""Compiled modules of the optimizer: the parser's tree as flat arrays, the tags' attributes, the edits put together."""
