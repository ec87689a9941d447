-- The slow oracle: every state computed from all events. The tables it names are views of the events up to a block.

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
    d.tx_hash AS decided_tx_hash, r.attested_bytes
FROM claim_revealed r
CROSS JOIN (
    SELECT coalesce(min(required_bits), 7::smallint) AS bits FROM contracts WHERE name = 'ProofOfOptimization'
) needed
LEFT JOIN LATERAL (
    SELECT g.host, g.biome FROM host_registered g WHERE g.domain_id = r.domain_id
    ORDER BY g.block_number DESC, g.log_index DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
    SELECT 'finalized'::text AS status, f.votes, f.saved_bytes, f.reward_wei, NULL::bytea AS challenger,
        NULL::smallint AS fault, NULL::numeric AS bounty_wei, NULL::numeric AS burnt_wei,
        f.block_number, f.log_index, f.block_time, f.tx_hash
    FROM claim_finalized f WHERE f.claim_id = r.claim_id
    UNION ALL
    SELECT 'slashed', NULL, NULL, NULL, s.challenger, s.fault, s.bounty_wei, s.burnt_wei,
        s.block_number, s.log_index, s.block_time, s.tx_hash
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
LEFT JOIN (SELECT prover AS address, count(DISTINCT claim_id) AS claims FROM claim_revealed GROUP BY 1) revealed USING (address)
LEFT JOIN (SELECT prover AS address, count(DISTINCT claim_id) AS claims FROM claim_finalized GROUP BY 1) finalized USING (address)
LEFT JOIN (SELECT harvester AS address, count(DISTINCT claim_id) AS claims FROM reputation_slashed GROUP BY 1) slashed USING (address)
LEFT JOIN (SELECT prover AS address, count(DISTINCT claim_id) AS claims FROM claim_expired GROUP BY 1) expired USING (address)
LEFT JOIN (SELECT account AS address, sum(amount_wei) AS wei FROM reward_queued GROUP BY 1) queued USING (address)
LEFT JOIN (SELECT account AS address, sum(amount_wei) AS wei FROM reward_paid GROUP BY 1) paid USING (address)
LEFT JOIN (SELECT harvester AS address, count(*) AS parcels FROM land_minted GROUP BY 1) land USING (address)
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
FROM (SELECT DISTINCT ON (token_id) * FROM land_minted ORDER BY token_id, block_number DESC, log_index DESC) m
LEFT JOIN LATERAL (
    SELECT x.recipient AS owner FROM land_transfer x WHERE x.token_id = m.token_id
    ORDER BY x.block_number DESC, x.log_index DESC LIMIT 1
) t ON true;

CREATE VIEW verifiers AS
SELECT
    v.verifier AS address, v.is_verifier, v.block_number AS set_block, v.block_time AS set_at,
    coalesce(a.attestations, 0) AS attestations, a.last_attested_at, coalesce(s.wei, 0) AS stake_wei
FROM (SELECT DISTINCT ON (verifier) * FROM verifier_set ORDER BY verifier, block_number DESC, log_index DESC) v
LEFT JOIN (
    SELECT verifier, count(*) AS attestations, max(block_time) AS last_attested_at FROM claim_attested GROUP BY 1
) a USING (verifier)
LEFT JOIN (
    SELECT verifier, sum(wei) AS wei FROM (
        SELECT verifier, amount_wei AS wei FROM staked
        UNION ALL SELECT verifier, -amount_wei FROM stake_released
        UNION ALL SELECT verifier, -(bounty_wei + burnt_wei) FROM verifier_slashed
    ) moved GROUP BY 1
) s USING (verifier);

CREATE VIEW pages AS
SELECT
    p.page_key, p.domain_id, count(o.claim_id) FILTER (WHERE o.status = 'finalized') AS claims_finalized,
    coalesce(sum(o.saved_bytes) FILTER (WHERE o.status = 'finalized'), 0) AS saved_bytes
FROM (SELECT DISTINCT ON (page_key) * FROM claim_revealed ORDER BY page_key, block_number DESC, log_index DESC) p
LEFT JOIN optimizations o USING (page_key)
GROUP BY 1, 2;

CREATE VIEW rollups AS
SELECT
    i.interval, date_trunc(i.interval, w.block_time, 'UTC') AS starts_at,
    sum(revealed)::bigint AS claims_revealed, sum(finalized)::bigint AS claims_finalized,
    sum(slashed)::bigint AS claims_slashed, sum(expired)::bigint AS claims_expired,
    sum(attested)::bigint AS attestations, sum(saved_bytes) AS saved_bytes, sum(reward_wei) AS reward_wei,
    sum(paid_wei) AS paid_wei
FROM (
    SELECT block_time, 1 AS revealed, 0 AS finalized, 0 AS slashed, 0 AS expired, 0 AS attested, 0 AS saved_bytes,
        0 AS reward_wei, 0 AS paid_wei FROM claim_revealed
    UNION ALL SELECT block_time, 0, 1, 0, 0, 0, saved_bytes, reward_wei, 0 FROM claim_finalized
    UNION ALL SELECT block_time, 0, 0, 1, 0, 0, 0, 0, 0 FROM claim_slashed
    UNION ALL SELECT block_time, 0, 0, 0, 1, 0, 0, 0, 0 FROM claim_expired
    UNION ALL SELECT block_time, 0, 0, 0, 0, 1, 0, 0, 0 FROM claim_attested
    UNION ALL SELECT block_time, 0, 0, 0, 0, 0, 0, 0, amount_wei FROM reward_paid
) w
CROSS JOIN (VALUES ('hour'), ('day')) i (interval)
GROUP BY 1, 2;

CREATE VIEW totals AS
SELECT
    count(*) AS claims,
    count(*) FILTER (WHERE status = 'pending') AS claims_pending,
    count(*) FILTER (WHERE status = 'finalized') AS claims_finalized,
    count(*) FILTER (WHERE status = 'slashed') AS claims_slashed,
    count(*) FILTER (WHERE status = 'expired') AS claims_expired,
    coalesce(sum(saved_bytes), 0) AS saved_bytes,
    coalesce(sum(src_bytes) FILTER (WHERE status = 'finalized'), 0) AS source_bytes,
    coalesce(sum(opt_bytes) FILTER (WHERE status = 'finalized'), 0) AS optimized_bytes,
    coalesce(sum(attested_bytes) FILTER (WHERE status = 'finalized'), 0) AS attested_bytes,
    (SELECT coalesce(sum(amount_wei), 0) FROM reward_queued) AS reward_wei,
    (SELECT coalesce(sum(amount_wei), 0) FROM reward_paid) AS paid_wei,
    count(DISTINCT page_key) FILTER (WHERE status = 'finalized') AS pages,
    count(DISTINCT domain_id) FILTER (WHERE status = 'finalized') AS hosts,
    (SELECT count(*) FROM harvesters) AS harvesters,
    (SELECT count(*) FROM virtual_land_nfts) AS parcels,
    (SELECT coalesce(sum(area_m2), 0) FROM virtual_land_nfts) AS area_m2
FROM optimizations;
