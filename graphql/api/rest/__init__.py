"""REST under /api/v1: the same services as GraphQL, with OpenAPI 3.1, problem+json, cursor pages and ETags."""
