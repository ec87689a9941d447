-- What follows from the events of demands and of rewards that flow over time. Marks as in 0005_states.sql.

-- state demands
SELECT
    e.claim_id, e.part, e.height, e.index, e.demander, e.fee_wei, e.deadline, coalesce(w.status, 'open') AS status,
    e.block_number AS made_block, e.log_index AS made_log_index, e.block_time AS made_at, e.tx_hash,
    w.block_number AS ended_block, w.block_time AS ended_at, w.tx_hash AS ended_tx_hash
FROM demand_made e
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT 'answered' AS status, a.block_number, a.log_index, a.block_time, a.tx_hash FROM demand_answered a
        WHERE (a.claim_id, a.part, a.height, a.index) = (e.claim_id, e.part, e.height, e.index) AND @a
        UNION ALL
        SELECT 'timed_out', b.block_number, b.log_index, b.block_time, b.tx_hash FROM demand_timed_out b
        WHERE (b.claim_id, b.part, b.height, b.index) = (e.claim_id, e.part, e.height, e.index) AND @b
        UNION ALL
        SELECT 'reclaimed', c.block_number, c.log_index, c.block_time, c.tx_hash FROM demand_reclaimed c
        WHERE (c.claim_id, c.part, c.height, c.index) = (e.claim_id, e.part, e.height, e.index) AND @c
    ) ends
    -- What was demanded once may be demanded again: the first end after it is its own.
    WHERE (ends.block_number, ends.log_index) > (e.block_number, e.log_index)
    ORDER BY ends.block_number, ends.log_index LIMIT 1
) w ON true
WHERE @e

-- state reward_streams
SELECT
    f.claim_id, f.prover, f.domain_id, f.reward_wei, f.block_number AS finalized_block, f.block_time AS finalized_at,
    coalesce(w.collected_wei, 0) AS collected_wei, w.block_time AS collected_at, s.covered_until,
    s.block_time AS confirmed_at
FROM (
    SELECT DISTINCT ON (e.claim_id) e.* FROM claim_finalized e WHERE @e
    ORDER BY e.claim_id, e.block_number DESC, e.log_index DESC
) f
LEFT JOIN LATERAL (
    SELECT c.collected_wei, c.block_time FROM reward_collected c WHERE c.claim_id = f.claim_id AND @c
    ORDER BY c.block_number DESC, c.log_index DESC LIMIT 1
) w ON true
LEFT JOIN LATERAL (
    SELECT c.covered_until, c.block_time FROM served_confirmed c WHERE c.claim_id = f.claim_id AND @c
    ORDER BY c.block_number DESC, c.log_index DESC LIMIT 1
) s ON true
