"""Where requests come in: GraphQL, health, and the pages of the dashboards."""
