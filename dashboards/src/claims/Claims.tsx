/** The table of claims. Explicit roles: on a small screen rows become cards by CSS, which would drop a table's own. */
import { useState } from "react";
import { CLAIMS, type ClaimRow, type PageInfo } from "../api/documents";
import { useFresh } from "../api/useFresh";
import { bytesToText, savingToPercent } from "../format/bytes";
import { group, weiToText } from "../format/dsh";
import { hostToText, short } from "../format/hex";
import { age, moment } from "../format/time";
import { Nothing } from "../parts/Nothing";
import { Section } from "../parts/Section";
import { SizeBar } from "../parts/SizeBar";
import { StatusPill } from "../parts/StatusPill";
import { Waiting } from "../parts/Waiting";
import { FIRST_CHOICE, newer, older, variablesOf, type Choice } from "./window";
import { Filters } from "./Filters";

interface Properties {
  readonly tick: number;
  readonly now: Date;
  readonly quorum: number | undefined;
  readonly isEmptyChain: boolean;
  readonly onOpen: (claimId: string) => void;
}

export function Claims({ tick, now, quorum, isEmptyChain, onOpen }: Properties) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const { data, error } = useFresh(CLAIMS, variablesOf(choice), tick);
  const page = data?.optimizations;
  return (
    <Section
      id="claims"
      title="Claims"
      note={page && !isEmptyChain ? `${group(page.totalCount)} ${choice === FIRST_CHOICE ? "in all" : "match"}` : undefined}
      aside={isEmptyChain ? null : <Filters choice={choice} onChoose={setChoice} />}
    >
      {error && !error.networkError ? (
        <p className="notice" role="alert">
          {error.graphQLErrors[0]?.message ?? "These claims cannot be shown."}{" "}
          <button type="button" className="button" onClick={() => setChoice(FIRST_CHOICE)}>
            Show all claims
          </button>
        </p>
      ) : page === undefined ? (
        <Waiting lines={6} label="Loading claims" />
      ) : page.nodes.length === 0 ? (
        <Empty isEmptyChain={isEmptyChain} />
      ) : (
        <>
          <div className="claims" role="table" aria-label="Claims" aria-rowcount={page.totalCount + 1}>
            <div role="rowgroup" className="claims-head">
              <div role="row" className="claim-row">
                <span role="columnheader">Page</span>
                <span role="columnheader">Size</span>
                <span role="columnheader" className="number">Saving</span>
                <span role="columnheader">Status</span>
                <span role="columnheader" className="number">Votes</span>
                <span role="columnheader" className="number">Reward</span>
                <span role="columnheader" className="number">Age</span>
              </div>
            </div>
            <div role="rowgroup">
              {page.nodes.map((row) => (
                <Row key={row.claimId} row={row} now={now} quorum={quorum} onOpen={onOpen} />
              ))}
            </div>
          </div>
          <Pager page={page.pageInfo} choice={choice} onChoose={setChoice} />
        </>
      )}
    </Section>
  );
}

interface RowProperties {
  readonly row: ClaimRow;
  readonly now: Date;
  readonly quorum: number | undefined;
  readonly onOpen: (claimId: string) => void;
}

function Row({ row, now, quorum, onOpen }: RowProperties) {
  const before = BigInt(row.sourceBytes);
  const after = BigInt(row.optimizedBytes);
  const isVoid = row.status === "SLASHED" || row.status === "EXPIRED";
  return (
    // The link inside is what keyboards and screen readers use; the row only makes its target larger.
    <div role="row" className="claim-row claim" data-status={row.status} onClick={() => onOpen(row.claimId)}>
      <span role="cell" className="claim-page">
        <a
          href={`?claim=${row.claimId}`}
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            onOpen(row.claimId);
          }}
        >
          <bdi>{hostToText(row.host, row.domainId)}</bdi>
        </a>
        <code className="claim-id">{short(row.claimId)}</code>
      </span>
      <span role="cell" className="claim-size">
        <span>
          {bytesToText(before)} <span className="arrow" aria-label="to">→</span> {bytesToText(after)}
        </span>
        <SizeBar before={before} after={after} tone={isVoid ? "void" : "good"} />
      </span>
      <span role="cell" className={isVoid ? "number claim-saving void" : "number claim-saving"}>{savingToPercent(before, after)}</span>
      <span role="cell" className="claim-status"><StatusPill status={row.status} /></span>
      <span role="cell" className="number claim-votes">
        {row.votes}
        {quorum === undefined || row.status !== "PENDING" ? null : <span className="dim"> of {quorum}</span>}
        <span className="on-card"> votes</span>
      </span>
      <span role="cell" className="number claim-reward">
        {row.rewardWei === null ? <span className="dim no-reward" aria-label="none">–</span> : <>{weiToText(BigInt(row.rewardWei))} <span className="unit">DSH</span></>}
      </span>
      <span role="cell" className="number claim-age" title={moment(new Date(row.revealedAt))}>{age(new Date(row.revealedAt), now)}</span>
    </div>
  );
}

interface PagerProperties {
  readonly page: PageInfo;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

function Pager({ page, choice, onChoose }: PagerProperties) {
  if (!page.hasNextPage && !page.hasPreviousPage) return null;
  return (
    <nav className="pager" aria-label="Pages of claims">
      <button type="button" className="button" disabled={!page.hasPreviousPage} onClick={() => onChoose(newer(choice, page))}>
        ← Back
      </button>
      <button type="button" className="button" disabled={!page.hasNextPage} onClick={() => onChoose(older(choice, page))}>
        More →
      </button>
    </nav>
  );
}

function Empty({ isEmptyChain }: { readonly isEmptyChain: boolean }) {
  if (!isEmptyChain) return <Nothing title="No claim matches">Choose another status, or clear the host.</Nothing>;
  return (
    <Nothing title="No claim yet. Make the first one:">
      <p>
        <code>lightdom claim https://your.site/</code>
      </p>
      <p>
        or <code>make demo</code>, which optimizes three example pages, claims them, and lets a planted lie be slashed. It shows
        here within seconds.
      </p>
    </Nothing>
  );
}
