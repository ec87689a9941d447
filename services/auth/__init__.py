"""Who calls, and what they may: wallet sign-in, sessions, API keys, roles of the chain, scopes."""
