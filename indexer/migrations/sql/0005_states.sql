-- Each state as it is now and as it was at any block. @v: the version that was so then; @e: only what was said by then.

-- state hosts
SELECT
    v.domain_id, v.host, v.owner, v.biome, v.registered_block, v.registered_at, v.claims_finalized, v.saved_bytes
FROM host_versions v
WHERE @v AND v.registered_block IS NOT NULL

-- state pages
SELECT v.page_key, v.domain_id, v.claims_finalized, v.saved_bytes FROM page_versions v WHERE @v

-- state optimizations
SELECT
    v.claim_id, r.prover, r.page_key, r.domain_id, h.host, coalesce(h.biome, 0::smallint) AS biome,
    r.src_root, r.opt_root, r.trace_root, r.src_bytes, r.opt_bytes, r.token_count, r.opt_token_count,
    r.depth_s, r.depth_o, r.ruleset, r.evidence, r.bond_wei, r.deadline,
    -- A deadline past the year 9999 has no timestamp that every client can read.
    CASE WHEN r.deadline <= 253402300799 THEN to_timestamp(r.deadline::double precision) END AS deadline_at,
    v.revealed_block, v.revealed_log_index, r.block_time AS revealed_at, r.tx_hash,
    v.status, coalesce(v.counted_votes::bigint, v.votes) AS votes,
    v.claimed_bytes, v.saved_bytes, v.reward_wei, v.challenger, v.fault, v.bounty_wei, v.burnt_wei,
    v.decided_block, v.decided_log_index, v.decided_at, v.decided_tx_hash, r.attested_bytes
FROM claim_versions v
JOIN claim_revealed r ON r.block_number = v.revealed_block AND r.log_index = v.revealed_log_index
LEFT JOIN host_versions h ON h.domain_id = r.domain_id AND @h
WHERE @v AND @r

-- state harvesters
SELECT
    v.address, v.verified_bytes, v.reputation, v.claims_revealed, v.claims_finalized, v.claims_slashed,
    v.claims_expired, v.reward_wei, v.paid_wei, v.land_count, v.first_seen_block, v.first_seen_at
FROM harvester_versions v
WHERE @v AND v.first_seen_block IS NOT NULL

-- state virtual_land_nfts
SELECT
    v.token_id, coalesce(v.owner, v.harvester) AS owner, v.harvester, v.biome, v.level, v.area_m2,
    v.minted_block, v.minted_log_index, v.minted_at, v.tx_hash
FROM land_versions v
WHERE @v AND v.minted_block IS NOT NULL

-- state rewards
SELECT
    e.ticket, e.account, e.reason AS claim_id, e.amount_wei, e.queued_end_wei,
    e.block_number AS queued_block, e.log_index AS queued_log_index, e.block_time AS queued_at, e.tx_hash,
    p.block_number AS paid_block, p.block_time AS paid_at, p.tx_hash AS paid_tx_hash
FROM reward_queued e
LEFT JOIN LATERAL (
    SELECT x.block_number, x.block_time, x.tx_hash FROM reward_paid x WHERE x.ticket = e.ticket AND @x
    ORDER BY x.block_number, x.log_index LIMIT 1
) p ON true
WHERE @e

-- state verifiers
SELECT v.address, v.is_verifier, v.set_block, v.set_at, v.attestations, v.last_attested_at, v.stake_wei
FROM verifier_versions v
WHERE @v AND v.set_block IS NOT NULL

-- state role_members
SELECT role_id, account, delay, since, block_number AS granted_block, block_time AS granted_at
FROM (
    SELECT DISTINCT ON (role_id, account) *
    FROM (
        SELECT e.role_id, e.account, true AS granted, e.delay, e.since, e.block_number, e.log_index, e.block_time
        FROM role_granted e WHERE @e
        UNION ALL
        SELECT e.role_id, e.account, false, NULL, NULL, e.block_number, e.log_index, e.block_time
        FROM role_revoked e WHERE @e
    ) words
    ORDER BY role_id, account, block_number DESC, log_index DESC
) last
WHERE granted

-- state parameters
SELECT
    e.window_seconds, e.quorum, e.minimum_bond_wei, e.dsh_price_wei, e.block_number AS set_block, e.block_time AS set_at
FROM parameters_set e
WHERE @e
ORDER BY e.block_number DESC, e.log_index DESC LIMIT 1

-- state rollups
SELECT
    v.interval, v.starts_at, v.claims_revealed, v.claims_finalized, v.claims_slashed, v.claims_expired,
    v.attestations, v.saved_bytes, v.reward_wei, v.paid_wei
FROM rollup_versions v
WHERE @v

-- state totals
SELECT
    v.claims, v.claims_pending, v.claims_finalized, v.claims_slashed, v.claims_expired, v.saved_bytes, v.source_bytes,
    v.optimized_bytes, v.attested_bytes, v.reward_wei, v.paid_wei, v.pages, v.hosts, v.harvesters, v.parcels, v.area_m2
FROM total_versions v
WHERE @v
