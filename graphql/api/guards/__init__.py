"""What stands before the resolvers: limits on size and shape, request ids, and headers that browsers obey."""
