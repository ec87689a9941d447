"""What acts: one package a capability. Services know the optimizer, the indexer's tables and ABIs, and core_ext."""
