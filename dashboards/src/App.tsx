/** The page `/`: Space Optimization. One query for the figures, one for the table, one socket for the head. */
import { useCallback, useEffect, useState } from "react";
import { OVERVIEW } from "./api/documents";
import { useFresh } from "./api/useFresh";
import { Claims } from "./claims/Claims";
import { ClaimDetail } from "./claims/ClaimDetail";
import { group } from "./format/dsh";
import { short } from "./format/hex";
import { moment } from "./format/time";
import { Harvesters } from "./harvesters/Harvesters";
import { Bar } from "./head/Bar";
import { healthOf, newer } from "./head/health";
import { Notice } from "./head/Notice";
import { useHead } from "./head/useHead";
import { useNow } from "./head/useNow";
import { useTheme } from "./head/useTheme";
import { Headline } from "./headline/Headline";
import { Land } from "./land/Land";
import { Waiting } from "./parts/Waiting";
import { Rewards } from "./rewards/Rewards";
import { Savings } from "./savings/Savings";
import { useOpenClaim } from "./claims/useOpenClaim";

const NO_VARIABLES = {};

export function App() {
  const head = useHead();
  const now = useNow();
  const [theme, toggleTheme] = useTheme();
  const [claimId, openClaim] = useOpenClaim();
  const { data, error, askAgain } = useFresh(OVERVIEW, NO_VARIABLES, head.tick);
  const [isUnreachable, setUnreachable] = useState(false);
  const meta = data ? newer(data._meta, head.meta) : undefined;
  const health = healthOf(meta, isUnreachable);
  const isEmpty = data?.totals.claims === 0;
  const retry = useCallback(() => askAgain(), [askAgain]);

  // Kept until an answer comes: while it is asked again there is no error, but nothing is better either.
  const hasAnswered = data !== undefined && error === undefined;
  useEffect(() => {
    if (error !== undefined) setUnreachable(true);
    else if (hasAnswered) setUnreachable(false);
  }, [error, hasAnswered]);

  return (
    <>
      <a className="skip" href="#main">Skip to the figures</a>
      <Bar meta={meta} health={health} theme={theme} onToggleTheme={toggleTheme} />
      <main id="main" tabIndex={-1} data-stale={health.kind === "down" && data !== undefined}>
        <Notice health={health} meta={meta} now={now} onRetry={retry} />
        {data === undefined ? (
          isUnreachable ? null : <FirstWait />
        ) : (
          <>
            <Headline overview={data} />
            {isEmpty ? null : <Savings overview={data} theme={theme} now={now} />}
            <Claims tick={head.tick} now={now} quorum={data.parameters?.quorum} isEmptyChain={isEmpty} onOpen={openClaim} />
            {isEmpty ? null : (
              <>
                <div className="columns">
                  <Harvesters harvesters={data.harvesters} />
                  <Rewards rewards={data.rewards} now={now} onOpen={openClaim} />
                </div>
                <Land land={data.land} squareMetres={data.totals.landSquareMetres} />
              </>
            )}
          </>
        )}
      </main>
      <footer className="foot">
        {meta ? (
          <p>
            Figures of block {group(BigInt(meta.block.number))} (<code>{short(meta.block.hash)}</code>), {moment(new Date(meta.block.time))},
            chain {meta.chainId}
          </p>
        ) : null}
        <p>Everything here is read from the chain by the indexer. Nothing is estimated.</p>
      </footer>
      {claimId === null ? null : (
        <ClaimDetail key={claimId} claimId={claimId} tick={head.tick} now={now} quorum={data?.parameters?.quorum} onClose={() => openClaim(null)} />
      )}
    </>
  );
}

function FirstWait() {
  return (
    <>
      <section className="headline" aria-busy="true">
        <div className="headline-main">
          <h1>Space Optimization</h1>
          <Waiting lines={3} label="Loading the figures" />
        </div>
        <div className="tiles">
          {[0, 1, 2, 3].map((tile) => (
            <div key={tile} className="tile tile-waiting" aria-hidden="true" />
          ))}
        </div>
      </section>
      <div className="card"><Waiting lines={6} label="Loading the chart" /></div>
      <div className="card"><Waiting lines={8} label="Loading claims" /></div>
    </>
  );
}
