-- What follows from the events of plans, nodes, models and recipes. Marks as in 0005_states.sql.

-- state nodes
SELECT
    e.node_id, e.owner, e.node_type, coalesce(o.operator, e.operator) AS operator, coalesce(s.kib, e.kib) AS kib,
    coalesce(s.compute, e.compute) AS compute, coalesce(s.stake_wei, e.stake_wei) AS stake_wei,
    coalesce(p.phase, 1::smallint) AS phase, b.beat_at, j.running_jobs, j.verified_jobs, j.failed_jobs, j.reward_wei,
    e.block_number AS created_block, e.block_time AS created_at
FROM node_created e
LEFT JOIN LATERAL (
    SELECT x.operator FROM node_operator_set x WHERE x.node_id = e.node_id AND @x
    ORDER BY x.block_number DESC, x.log_index DESC LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT y.kib, y.compute, y.stake_wei, y.block_number, y.log_index FROM node_scaled y
        WHERE y.node_id = e.node_id AND @y
        UNION ALL
        SELECT m.kib, m.compute, m.stake_wei, m.block_number, m.log_index FROM nodes_merged m
        WHERE m.into_id = e.node_id AND @m
        UNION ALL
        SELECT NULL, NULL, 0, f.block_number, f.log_index FROM nodes_merged f WHERE f.from_id = e.node_id AND @f
        UNION ALL
        SELECT NULL, NULL, 0, k.block_number, k.log_index FROM node_slashed k WHERE k.node_id = e.node_id AND @k
    ) sizes
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT z.phase, z.block_number, z.log_index FROM node_phase_set z WHERE z.node_id = e.node_id AND @z
        UNION ALL
        SELECT 5::smallint, g.block_number, g.log_index FROM nodes_merged g WHERE g.from_id = e.node_id AND @g
    ) phases
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (SELECT max(t.at) AS beat_at FROM node_beat t WHERE t.node_id = e.node_id AND @t) b ON true
LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE w.job_id IS NULL AND l.job_id IS NULL) AS running_jobs, count(w.job_id) AS verified_jobs,
        count(l.job_id) AS failed_jobs, coalesce(sum(w.reward_wei), 0) AS reward_wei
    FROM job_started n
    LEFT JOIN job_verified w ON w.job_id = n.job_id AND @w
    LEFT JOIN job_failed l ON l.job_id = n.job_id AND @l
    WHERE n.node_id = e.node_id AND @n
) j ON true
WHERE @e

-- state ai_nodes
SELECT
    e.node_id, e.owner, e.node_type, coalesce(o.operator, e.operator) AS operator, coalesce(s.kib, e.kib) AS kib,
    coalesce(s.compute, e.compute) AS compute, coalesce(s.stake_wei, e.stake_wei) AS stake_wei,
    coalesce(p.phase, 1::smallint) AS phase, b.beat_at, j.running_jobs, j.verified_jobs, j.failed_jobs, j.reward_wei,
    e.block_number AS created_block, e.block_time AS created_at
FROM node_created e
LEFT JOIN LATERAL (
    SELECT x.operator FROM node_operator_set x WHERE x.node_id = e.node_id AND @x
    ORDER BY x.block_number DESC, x.log_index DESC LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT y.kib, y.compute, y.stake_wei, y.block_number, y.log_index FROM node_scaled y
        WHERE y.node_id = e.node_id AND @y
        UNION ALL
        SELECT m.kib, m.compute, m.stake_wei, m.block_number, m.log_index FROM nodes_merged m
        WHERE m.into_id = e.node_id AND @m
        UNION ALL
        SELECT NULL, NULL, 0, f.block_number, f.log_index FROM nodes_merged f WHERE f.from_id = e.node_id AND @f
        UNION ALL
        SELECT NULL, NULL, 0, k.block_number, k.log_index FROM node_slashed k WHERE k.node_id = e.node_id AND @k
    ) sizes
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT z.phase, z.block_number, z.log_index FROM node_phase_set z WHERE z.node_id = e.node_id AND @z
        UNION ALL
        SELECT 5::smallint, g.block_number, g.log_index FROM nodes_merged g WHERE g.from_id = e.node_id AND @g
    ) phases
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (SELECT max(t.at) AS beat_at FROM node_beat t WHERE t.node_id = e.node_id AND @t) b ON true
LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE w.job_id IS NULL AND l.job_id IS NULL) AS running_jobs, count(w.job_id) AS verified_jobs,
        count(l.job_id) AS failed_jobs, coalesce(sum(w.reward_wei), 0) AS reward_wei
    FROM job_started n
    LEFT JOIN job_verified w ON w.job_id = n.job_id AND @w
    LEFT JOIN job_failed l ON l.job_id = n.job_id AND @l
    WHERE n.node_id = e.node_id AND @n
) j ON true
WHERE @e AND e.node_type = 0

-- state storage_shards
SELECT
    e.node_id, e.owner, e.node_type, coalesce(o.operator, e.operator) AS operator, coalesce(s.kib, e.kib) AS kib,
    coalesce(s.compute, e.compute) AS compute, coalesce(s.stake_wei, e.stake_wei) AS stake_wei,
    coalesce(p.phase, 1::smallint) AS phase, b.beat_at, j.running_jobs, j.verified_jobs, j.failed_jobs, j.reward_wei,
    e.block_number AS created_block, e.block_time AS created_at
FROM node_created e
LEFT JOIN LATERAL (
    SELECT x.operator FROM node_operator_set x WHERE x.node_id = e.node_id AND @x
    ORDER BY x.block_number DESC, x.log_index DESC LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT y.kib, y.compute, y.stake_wei, y.block_number, y.log_index FROM node_scaled y
        WHERE y.node_id = e.node_id AND @y
        UNION ALL
        SELECT m.kib, m.compute, m.stake_wei, m.block_number, m.log_index FROM nodes_merged m
        WHERE m.into_id = e.node_id AND @m
        UNION ALL
        SELECT NULL, NULL, 0, f.block_number, f.log_index FROM nodes_merged f WHERE f.from_id = e.node_id AND @f
        UNION ALL
        SELECT NULL, NULL, 0, k.block_number, k.log_index FROM node_slashed k WHERE k.node_id = e.node_id AND @k
    ) sizes
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT z.phase, z.block_number, z.log_index FROM node_phase_set z WHERE z.node_id = e.node_id AND @z
        UNION ALL
        SELECT 5::smallint, g.block_number, g.log_index FROM nodes_merged g WHERE g.from_id = e.node_id AND @g
    ) phases
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (SELECT max(t.at) AS beat_at FROM node_beat t WHERE t.node_id = e.node_id AND @t) b ON true
LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE w.job_id IS NULL AND l.job_id IS NULL) AS running_jobs, count(w.job_id) AS verified_jobs,
        count(l.job_id) AS failed_jobs, coalesce(sum(w.reward_wei), 0) AS reward_wei
    FROM job_started n
    LEFT JOIN job_verified w ON w.job_id = n.job_id AND @w
    LEFT JOIN job_failed l ON l.job_id = n.job_id AND @l
    WHERE n.node_id = e.node_id AND @n
) j ON true
WHERE @e AND e.node_type = 1

-- state cross_chain_bridges
SELECT
    e.node_id, e.owner, e.node_type, coalesce(o.operator, e.operator) AS operator, coalesce(s.kib, e.kib) AS kib,
    coalesce(s.compute, e.compute) AS compute, coalesce(s.stake_wei, e.stake_wei) AS stake_wei,
    coalesce(p.phase, 1::smallint) AS phase, b.beat_at, j.running_jobs, j.verified_jobs, j.failed_jobs, j.reward_wei,
    e.block_number AS created_block, e.block_time AS created_at
FROM node_created e
LEFT JOIN LATERAL (
    SELECT x.operator FROM node_operator_set x WHERE x.node_id = e.node_id AND @x
    ORDER BY x.block_number DESC, x.log_index DESC LIMIT 1
) o ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT y.kib, y.compute, y.stake_wei, y.block_number, y.log_index FROM node_scaled y
        WHERE y.node_id = e.node_id AND @y
        UNION ALL
        SELECT m.kib, m.compute, m.stake_wei, m.block_number, m.log_index FROM nodes_merged m
        WHERE m.into_id = e.node_id AND @m
        UNION ALL
        SELECT NULL, NULL, 0, f.block_number, f.log_index FROM nodes_merged f WHERE f.from_id = e.node_id AND @f
        UNION ALL
        SELECT NULL, NULL, 0, k.block_number, k.log_index FROM node_slashed k WHERE k.node_id = e.node_id AND @k
    ) sizes
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT * FROM (
        SELECT z.phase, z.block_number, z.log_index FROM node_phase_set z WHERE z.node_id = e.node_id AND @z
        UNION ALL
        SELECT 5::smallint, g.block_number, g.log_index FROM nodes_merged g WHERE g.from_id = e.node_id AND @g
    ) phases
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (SELECT max(t.at) AS beat_at FROM node_beat t WHERE t.node_id = e.node_id AND @t) b ON true
LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE w.job_id IS NULL AND l.job_id IS NULL) AS running_jobs, count(w.job_id) AS verified_jobs,
        count(l.job_id) AS failed_jobs, coalesce(sum(w.reward_wei), 0) AS reward_wei
    FROM job_started n
    LEFT JOIN job_verified w ON w.job_id = n.job_id AND @w
    LEFT JOIN job_failed l ON l.job_id = n.job_id AND @l
    WHERE n.node_id = e.node_id AND @n
) j ON true
WHERE @e AND e.node_type = 2

-- state plans
SELECT DISTINCT ON (e.plan_id)
    e.plan_id, e.name, e.requests_per_month, e.storage_bytes, e.api_calls_per_day, e.tasks_per_month,
    e.generate_jobs_per_month, e.refactor_jobs_per_month, e.debug_jobs_per_month, e.deployments_per_month, e.is_open,
    e.block_time AS set_at
FROM plan_set e
WHERE @e
ORDER BY e.plan_id, e.block_number DESC, e.log_index DESC

-- state plan_prices
SELECT DISTINCT ON (e.plan_id, e.token) e.plan_id, e.token, e.month, e.set_up, e.overage_per_request, e.block_time AS set_at
FROM price_set e
WHERE @e
ORDER BY e.plan_id, e.token, e.block_number DESC, e.log_index DESC

-- state subscriptions
SELECT
    u.client, p.plan_id, s.token, t.trial_until, q.paid_until, coalesce(c.is_cancelled, false) AS is_cancelled,
    coalesce(x.is_suspended, false) AS is_suspended, d.domain_id, u.since_at
FROM (
    SELECT client, min(block_time) AS since_at FROM (
        SELECT e.client, e.block_time FROM trial_started e WHERE @e
        UNION ALL
        SELECT f.client, f.block_time FROM subscribed f WHERE @f
    ) begun GROUP BY client
) u
LEFT JOIN LATERAL (
    SELECT plan_id FROM (
        SELECT a.plan_id, a.block_number, a.log_index FROM trial_started a WHERE a.client = u.client AND @a
        UNION ALL
        SELECT b.plan_id, b.block_number, b.log_index FROM subscribed b WHERE b.client = u.client AND @b
        UNION ALL
        SELECT g.to_plan_id, g.block_number, g.log_index FROM plan_changed g WHERE g.client = u.client AND @g
    ) chosen
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
    SELECT i.token FROM subscribed i WHERE i.client = u.client AND @i
    ORDER BY i.block_number DESC, i.log_index DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (SELECT max(j.trial_until) AS trial_until FROM trial_started j WHERE j.client = u.client AND @j) t ON true
LEFT JOIN LATERAL (
    SELECT paid_until FROM (
        SELECT k.paid_until, k.block_number, k.log_index FROM subscribed k WHERE k.client = u.client AND @k
        UNION ALL
        SELECT l.paid_until, l.block_number, l.log_index FROM subscription_cancelled l WHERE l.client = u.client AND @l
    ) ends
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) q ON true
LEFT JOIN LATERAL (
    SELECT is_cancelled FROM (
        SELECT true AS is_cancelled, m.block_number, m.log_index FROM subscription_cancelled m
        WHERE m.client = u.client AND @m
        UNION ALL
        SELECT false, n.block_number, n.log_index FROM subscribed n WHERE n.client = u.client AND @n
    ) wills
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) c ON true
LEFT JOIN LATERAL (
    SELECT is_suspended FROM (
        SELECT true AS is_suspended, r.block_number, r.log_index FROM client_suspended r WHERE r.client = u.client AND @r
        UNION ALL
        SELECT false, w.block_number, w.log_index FROM client_resumed w WHERE w.client = u.client AND @w
    ) stops
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) x ON true
LEFT JOIN LATERAL (
    SELECT y.domain_id FROM client_domain_set y WHERE y.client = u.client AND @y
    ORDER BY y.block_number DESC, y.log_index DESC LIMIT 1
) d ON true

-- state model_records
SELECT
    e.record_id, e.kind, e.name, e.author, w.versions, w.content, d.version AS deployed_version,
    CASE WHEN EXISTS (SELECT FROM record_retired r WHERE r.record_id = e.record_id AND @r) THEN 'retired'
        WHEN d.version IS NULL THEN 'active' ELSE 'deployed' END AS status,
    e.block_time AS stored_at
FROM record_stored e
LEFT JOIN LATERAL (
    SELECT count(*) AS versions, (array_agg(a.content ORDER BY a.version DESC))[1] AS content
    FROM version_stored a WHERE a.record_id = e.record_id AND @a
) w ON true
LEFT JOIN LATERAL (
    SELECT b.version FROM record_deployed b WHERE b.record_id = e.record_id AND @b
    ORDER BY b.block_number DESC, b.log_index DESC LIMIT 1
) d ON true
WHERE @e

-- state recipes
SELECT
    e.recipe_id, e.miner, e.recipe_type, e.biome, e.content, e.bond_wei, l.status, s.score, s.corpus,
    coalesce(r.reward_wei, 0) AS reward_wei, e.block_number AS discovered_block, e.block_time AS discovered_at
FROM recipe_discovered e
LEFT JOIN LATERAL (
    SELECT status FROM (
        SELECT 'discovered' AS status, e.block_number, e.log_index
        UNION ALL
        SELECT 'testing', a.block_number, a.log_index FROM recipe_scored a WHERE a.recipe_id = e.recipe_id AND @a
        UNION ALL
        SELECT 'challenged', b.block_number, b.log_index FROM score_challenged b WHERE b.recipe_id = e.recipe_id AND @b
        UNION ALL
        SELECT CASE WHEN c.is_upheld THEN 'testing' ELSE 'rejected' END, c.block_number, c.log_index
        FROM score_replicated c WHERE c.recipe_id = e.recipe_id AND @c
        UNION ALL
        SELECT 'discovered', d.block_number, d.log_index FROM challenge_lapsed d WHERE d.recipe_id = e.recipe_id AND @d
        UNION ALL
        SELECT 'validated', f.block_number, f.log_index FROM recipe_validated f WHERE f.recipe_id = e.recipe_id AND @f
        UNION ALL
        SELECT 'rejected', g.block_number, g.log_index FROM recipe_rejected g WHERE g.recipe_id = e.recipe_id AND @g
        UNION ALL
        SELECT 'deployed', i.block_number, i.log_index FROM recipe_deployed i WHERE i.recipe_id = e.recipe_id AND @i
        UNION ALL
        SELECT 'superseded', j.block_number, j.log_index FROM recipe_deployed j
        WHERE j.superseded_id = e.recipe_id AND @j
    ) lives
    ORDER BY block_number DESC, log_index DESC LIMIT 1
) l ON true
LEFT JOIN LATERAL (
    SELECT k.score, k.corpus FROM recipe_scored k WHERE k.recipe_id = e.recipe_id AND @k
    ORDER BY k.block_number DESC, k.log_index DESC LIMIT 1
) s ON l.status <> 'discovered'
LEFT JOIN LATERAL (SELECT max(m.reward_wei) AS reward_wei FROM recipe_validated m WHERE m.recipe_id = e.recipe_id AND @m) r
    ON true
WHERE @e
