-- Current state, computed. Where a key could come twice, the latest row speaks; a reader may rely on one row a key.

CREATE VIEW hosts AS
SELECT DISTINCT ON (domain_id)
    domain_id, host, owner, biome, block_number AS registered_block, block_time AS registered_at
FROM host_registered
ORDER BY domain_id, block_number DESC, log_index DESC;

CREATE VIEW optimizations AS
SELECT
    r.claim_id, r.prover, r.page_key, r.domain_id, h.host, coalesce(h.biome, 0::smallint) AS biome,
    r.src_root, r.opt_root, r.trace_root, r.src_bytes, r.opt_bytes, r.token_count, r.opt_token_count,
    r.depth_s, r.depth_o, r.ruleset, r.evidence, r.bond_wei, r.deadline,
    -- A deadline past the year 9999 has no timestamp that every client can read.
    CASE WHEN r.deadline <= 253402300799 THEN to_timestamp(r.deadline::double precision) END AS deadline_at,
    r.block_number AS revealed_block, r.log_index AS revealed_log_index, r.block_time AS revealed_at, r.tx_hash,
    coalesce(d.status, 'pending') AS status,
    coalesce(
        d.votes::bigint,
        (
            SELECT count(DISTINCT a.verifier) FROM claim_attested a
            WHERE a.claim_id = r.claim_id AND a.bits & needed.bits = needed.bits
        )
    ) AS votes,
    r.src_bytes - r.opt_bytes AS claimed_bytes,
    d.saved_bytes, d.reward_wei, d.challenger, d.fault, d.bounty_wei, d.burnt_wei,
    d.block_number AS decided_block, d.log_index AS decided_log_index, d.block_time AS decided_at,
    d.tx_hash AS decided_tx_hash
FROM claim_revealed r
-- Until the deployment is recorded, a vote counts as on any public chain: with all three bits.
CROSS JOIN (
    SELECT coalesce(min(required_bits), 7::smallint) AS bits FROM contracts WHERE name = 'ProofOfOptimization'
) needed
LEFT JOIN LATERAL (
    SELECT g.host, g.biome FROM host_registered g WHERE g.domain_id = r.domain_id
    ORDER BY g.block_number DESC, g.log_index DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT 'finalized'::text AS status, f.votes, f.saved_bytes, f.reward_wei, NULL::bytea AS challenger, NULL::smallint AS fault,
        NULL::numeric AS bounty_wei, NULL::numeric AS burnt_wei, f.block_number, f.log_index, f.block_time, f.tx_hash
    FROM claim_finalized f WHERE f.claim_id = r.claim_id
    UNION ALL
    SELECT 'slashed', NULL, NULL, NULL, s.challenger, s.fault, s.bounty_wei, s.burnt_wei, s.block_number, s.log_index, s.block_time, s.tx_hash
    FROM claim_slashed s WHERE s.claim_id = r.claim_id
    UNION ALL
    SELECT 'expired', NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.block_number, e.log_index, e.block_time, e.tx_hash
    FROM claim_expired e WHERE e.claim_id = r.claim_id
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) d ON (d.block_number, d.log_index) > (r.block_number, r.log_index)
WHERE NOT EXISTS (
    SELECT 1 FROM claim_revealed later
    WHERE later.claim_id = r.claim_id AND (later.block_number, later.log_index) > (r.block_number, r.log_index)
);

CREATE VIEW harvesters AS
SELECT
    who.address,
    coalesce(saved.verified_bytes, 0) AS verified_bytes,
    coalesce(said.reputation, 0) AS reputation,
    coalesce(revealed.claims, 0) AS claims_revealed,
    coalesce(finalized.claims, 0) AS claims_finalized,
    coalesce(slashed.claims, 0) AS claims_slashed,
    coalesce(expired.claims, 0) AS claims_expired,
    coalesce(queued.wei, 0) AS reward_wei,
    coalesce(paid.wei, 0) AS paid_wei,
    coalesce(land.parcels, 0) AS land_count,
    who.first_seen_block, who.first_seen_at
FROM (
    SELECT address, min(block_number) AS first_seen_block, min(block_time) AS first_seen_at
    FROM (
        SELECT prover AS address, block_number, block_time FROM claim_revealed
        UNION ALL SELECT harvester, block_number, block_time FROM saving_recorded
        UNION ALL SELECT harvester, block_number, block_time FROM reputation_slashed
        UNION ALL SELECT harvester, block_number, block_time FROM land_minted
    ) seen
    GROUP BY address
) who
LEFT JOIN (SELECT prover AS address, count(DISTINCT claim_id) AS claims FROM claim_revealed GROUP BY prover) revealed USING (address)
LEFT JOIN (SELECT prover AS address, count(DISTINCT claim_id) AS claims FROM claim_finalized GROUP BY prover) finalized USING (address)
LEFT JOIN (SELECT harvester AS address, count(DISTINCT claim_id) AS claims FROM reputation_slashed GROUP BY harvester) slashed USING (address)
LEFT JOIN (SELECT prover AS address, count(DISTINCT claim_id) AS claims FROM claim_expired GROUP BY prover) expired USING (address)
LEFT JOIN (SELECT account AS address, sum(amount_wei) AS wei FROM reward_queued GROUP BY account) queued USING (address)
LEFT JOIN (SELECT account AS address, sum(amount_wei) AS wei FROM reward_paid GROUP BY account) paid USING (address)
LEFT JOIN (SELECT harvester AS address, count(*) AS parcels FROM land_minted GROUP BY harvester) land USING (address)
LEFT JOIN (
    SELECT DISTINCT ON (harvester) harvester AS address, verified_bytes
    FROM saving_recorded ORDER BY harvester, block_number DESC, log_index DESC
) saved USING (address)
LEFT JOIN (
    SELECT DISTINCT ON (harvester) harvester AS address, reputation
    FROM (
        SELECT harvester, reputation, block_number, log_index FROM saving_recorded
        UNION ALL SELECT harvester, reputation, block_number, log_index FROM reputation_slashed
    ) words
    ORDER BY harvester, block_number DESC, log_index DESC
) said USING (address);

CREATE VIEW virtual_land_nfts AS
SELECT
    m.token_id, coalesce(t.owner, m.harvester) AS owner, m.harvester, m.biome, m.level, m.area_m2,
    m.block_number AS minted_block, m.log_index AS minted_log_index, m.block_time AS minted_at, m.tx_hash
FROM land_minted m
LEFT JOIN LATERAL (
    SELECT x.recipient AS owner FROM land_transfer x WHERE x.token_id = m.token_id
    ORDER BY x.block_number DESC, x.log_index DESC LIMIT 1
) t ON true;

CREATE VIEW rewards AS
SELECT
    q.ticket, q.account, q.reason AS claim_id, q.amount_wei, q.queued_end_wei,
    q.block_number AS queued_block, q.log_index AS queued_log_index, q.block_time AS queued_at, q.tx_hash,
    p.block_number AS paid_block, p.block_time AS paid_at, p.tx_hash AS paid_tx_hash
FROM reward_queued q
LEFT JOIN LATERAL (
    SELECT x.block_number, x.block_time, x.tx_hash FROM reward_paid x WHERE x.ticket = q.ticket
    ORDER BY x.block_number, x.log_index LIMIT 1
) p ON true;

CREATE VIEW verifiers AS
SELECT
    v.verifier AS address, v.is_verifier, v.block_number AS set_block, v.block_time AS set_at,
    coalesce(a.attestations, 0) AS attestations, a.last_attested_at
FROM (SELECT DISTINCT ON (verifier) * FROM verifier_set ORDER BY verifier, block_number DESC, log_index DESC) v
LEFT JOIN (
    SELECT verifier, count(*) AS attestations, max(block_time) AS last_attested_at FROM claim_attested GROUP BY verifier
) a USING (verifier);

CREATE VIEW role_members AS
SELECT role_id, account, delay, since, block_number AS granted_block, block_time AS granted_at
FROM (
    SELECT DISTINCT ON (role_id, account) *
    FROM (
        SELECT role_id, account, true AS granted, delay, since, block_number, log_index, block_time FROM role_granted
        UNION ALL
        SELECT role_id, account, false, NULL, NULL, block_number, log_index, block_time FROM role_revoked
    ) words
    ORDER BY role_id, account, block_number DESC, log_index DESC
) last
WHERE granted;

CREATE VIEW parameters AS
SELECT window_seconds, quorum, minimum_bond_wei, dsh_price_wei, block_number AS set_block, block_time AS set_at
FROM parameters_set ORDER BY block_number DESC, log_index DESC LIMIT 1;
