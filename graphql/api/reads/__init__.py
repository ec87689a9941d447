"""Which rows each list of the API has, in which orders, under which filters: SQL over the indexer's views."""
