"""Domain control: requests to be known as a host's owner, what verifiers see of them, and their votes."""

from services.domains.node import DomainNode
from services.domains.request import Biome, Request, requests_made
from services.domains.sight import Look, Sight

__all__ = ["Biome", "DomainNode", "Look", "Request", "Sight", "requests_made"]
