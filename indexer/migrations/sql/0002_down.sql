-- A view can gain a column in place, but not lose one.

DROP VIEW optimizations;
ALTER TABLE claim_revealed DROP COLUMN attested_bytes;

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
