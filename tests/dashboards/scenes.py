"""Made-up chains that end now, for looking at the pages: a busy month, and the minutes after `make demo`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from tests.api.chain_rows import ChainRows, account

HOSTS = {
    "docs.rust-lang.example": 0,
    "play.cinema.example": 1,
    "forum.gardeners.example": 2,
    "encyclopaedia.example": 3,
    "people.example": 4,
    "shop.woodworks.example": 5,
    "newsdesk.example": 6,
    "console.cloudworks.example": 7,
}

DEMO_PAGES = (
    ("shop.example", 5, 348_112, 240_906),
    ("article.example", 3, 96_040, 71_204),
    ("app.example", 7, 61_377, 44_118),
)


def busy(claims: int = 64) -> ChainRows:
    """A month with eight hosts and six harvesters of unlike strength."""
    blocks = 2 * claims + 2
    chain = ChainRows(datetime.now(UTC) - timedelta(days=30), 30 * 86_400 // blocks)
    random = Random(7)
    chain.next_block()
    chain.parameters(quorum=2)
    chain.verifiers()
    domains = [(chain.host(name, biome), biome) for name, biome in HOSTS.items()]
    for number in range(claims):
        chain.next_block()
        prover = account(min(random.randrange(6), random.randrange(6)))
        domain_id, biome = random.choice(domains)
        src_bytes = int(40_000 * 1.7 ** random.uniform(0, 6))
        opt_bytes = int(src_bytes * random.uniform(0.35, 0.93))
        claim_id = chain.reveal(number, prover, domain_id, src_bytes, opt_bytes)
        chain.next_block()
        if number >= claims - 3:
            chain.attest(claim_id, votes=number % 3)
        elif number % 13 == 5:
            chain.slash(claim_id, prover, fault=random.choice((0, 1, 4)))
        elif number % 17 == 9:
            chain.expire(claim_id, prover)
        else:
            chain.attest(claim_id)
            chain.finalize(claim_id, prover, domain_id, src_bytes - opt_bytes, paid=number < claims - 12)
            for _ in range((src_bytes - opt_bytes) // 102_400):
                chain.parcel(prover, biome)
    chain.next_block()
    return chain


def demo() -> ChainRows:
    """Three pages finalized and one lie slashed, within two minutes."""
    chain = ChainRows(datetime.now(UTC) - timedelta(seconds=124), 6)
    chain.next_block()
    chain.parameters(quorum=2)
    chain.verifiers()
    prover, liar = account(1), account(2)
    for number, (name, biome, src_bytes, opt_bytes) in enumerate(
        [
            ("shop.example", 5, 348_112, 240_906),
            ("article.example", 3, 96_040, 71_204),
            ("app.example", 7, 61_377, 44_118),
        ]
    ):
        chain.next_block()
        domain_id = chain.host(name, biome)
        claim_id = chain.reveal(number, prover, domain_id, src_bytes, opt_bytes)
        chain.next_block()
        chain.attest(claim_id)
        chain.next_block()
        chain.next_block()
        chain.finalize(claim_id, prover, domain_id, src_bytes - opt_bytes)
        if number == 0:
            chain.parcel(prover, biome)
    chain.next_block()
    lie = chain.reveal("lie", liar, domain_id, 90_000, 30_000)
    chain.next_block()
    chain.slash(lie, liar)
    while chain.time() + timedelta(seconds=6) < datetime.now(UTC):
        chain.next_block()
    return chain
