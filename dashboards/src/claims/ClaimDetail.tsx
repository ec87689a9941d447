/** One claim in full, in a drawer over the page: the browser's own modal dialog keeps focus, Esc and the rest in order. */
import { useEffect, useRef, type ReactNode } from "react";
import { CLAIM, type Attestation, type Claim } from "../api/documents";
import { useFresh } from "../api/useFresh";
import { bytesToText, savingToPercent } from "../format/bytes";
import { group, weiToText } from "../format/dsh";
import { hostToText } from "../format/hex";
import { age, moment } from "../format/time";
import { Account } from "../parts/Account";
import { Copyable } from "../parts/Copyable";
import { SizeBar } from "../parts/SizeBar";
import { StatusPill } from "../parts/StatusPill";
import { Waiting } from "../parts/Waiting";
import { timelineOf } from "./timeline";

interface Properties {
  readonly claimId: string;
  readonly tick: number;
  readonly now: Date;
  readonly quorum: number | undefined;
  readonly onClose: () => void;
}

export function ClaimDetail({ claimId, tick, now, quorum, onClose }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { data, error } = useFresh(CLAIM, { claimId }, tick);
  const claim = data?.optimization;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="claim-title"
      onClose={onClose}
      onClick={(event) => {
        // A click on the dialog element itself is one on its backdrop.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className="drawer-inner">
        <div className="drawer-bar">
          <p className="drawer-kind">Claim</p>
          <button type="button" className="icon-button" aria-label="Close" onClick={() => dialog.current?.close()}>
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <path d="M5 5l10 10M15 5L5 15" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
            </svg>
          </button>
        </div>
        {claim ? (
          <Full claim={claim} now={now} quorum={quorum} />
        ) : error ? (
          <>
            <h2 id="claim-title">Not found</h2>
            <p>{error.graphQLErrors[0]?.message ?? "The API does not answer."}</p>
          </>
        ) : (
          <>
            <h2 id="claim-title" className="visually-hidden">Claim</h2>
            <Waiting lines={8} label="Loading the claim" />
          </>
        )}
      </div>
    </dialog>
  );
}

function Full({ claim, now, quorum }: { readonly claim: Claim; readonly now: Date; readonly quorum: number | undefined }) {
  const before = BigInt(claim.sourceBytes);
  const after = BigInt(claim.optimizedBytes);
  const isVoid = claim.status === "SLASHED" || claim.status === "EXPIRED";
  return (
    <>
      <div className="drawer-head">
        <h2 id="claim-title">
          <bdi>{hostToText(claim.host, claim.domainId)}</bdi>
        </h2>
        <StatusPill status={claim.status} />
      </div>
      <div className="drawer-weight">
        <p>
          <strong className={isVoid ? "void" : "good"}>{savingToPercent(before, after)}</strong> lighter
          <span className="dim"> · {bytesToText(before)} → {bytesToText(after)}</span>
        </p>
        <SizeBar before={before} after={after} tone={isVoid ? "void" : "good"} />
      </div>
      <h3>Life</h3>
      <ol className="timeline">
        {timelineOf(claim, quorum).map((step) => (
          <li key={step.title} data-tone={step.tone}>
            <strong>{step.title}</strong>{step.text}
            <span className="dim timeline-place">
              {step.time ? <time dateTime={step.time} title={moment(new Date(step.time))}>{when(step.time, now)}</time> : null}
              {step.block ? ` · block ${group(BigInt(step.block))}` : null}
            </span>
          </li>
        ))}
      </ol>
      {claim.attestations.length > 0 ? <Votes votes={claim.attestations} /> : null}
      <h3>Money</h3>
      <dl className="facts">
        <Fact name="Bond">{weiToText(BigInt(claim.bondWei))} WETH</Fact>
        {claim.rewardWei === null ? null : <Fact name="Reward">{weiToText(BigInt(claim.rewardWei))} DSH</Fact>}
        {claim.bountyWei === null ? null : <Fact name="To the challenger">{weiToText(BigInt(claim.bountyWei))} WETH</Fact>}
        {claim.burntWei === null ? null : <Fact name="Burnt">{weiToText(BigInt(claim.burntWei))} WETH</Fact>}
        <Fact name="Harvester"><Account address={claim.prover} /></Fact>
        {claim.challenger === null ? null : <Fact name="Challenger"><Account address={claim.challenger} /></Fact>}
      </dl>
      <h3>What it commits to</h3>
      <dl className="facts">
        <Fact name="Source root"><Copyable value={claim.sourceRoot} what="source root" /></Fact>
        <Fact name="Optimized root"><Copyable value={claim.optimizedRoot} what="optimized root" /></Fact>
        <Fact name="Trace root"><Copyable value={claim.traceRoot} what="trace root" /></Fact>
        <Fact name="Tokens">{group(BigInt(claim.sourceTokens))} → {group(BigInt(claim.optimizedTokens))}</Fact>
        <Fact name="Rule set">{claim.ruleset}</Fact>
        <Fact name="Evidence"><Copyable value={claim.evidenceCid} what="evidence CID" /></Fact>
        <Fact name="Claim id"><Copyable value={claim.claimId} what="claim id" /></Fact>
        <Fact name="Page key"><Copyable value={claim.pageKey} what="page key" /></Fact>
        <Fact name="Reveal"><Copyable value={claim.transactionHash} what="transaction of the reveal" /></Fact>
        {claim.decidedTransactionHash === null ? null : (
          <Fact name="Decision"><Copyable value={claim.decidedTransactionHash} what="deciding transaction" /></Fact>
        )}
      </dl>
    </>
  );
}

function Votes({ votes }: { readonly votes: readonly Attestation[] }) {
  return (
    <table className="votes">
      <caption className="visually-hidden">Votes of verifiers</caption>
      <thead>
        <tr>
          <th scope="col">Verifier</th>
          <th scope="col">Served</th>
          <th scope="col">Renders equal</th>
          <th scope="col">Evidence</th>
        </tr>
      </thead>
      <tbody>
        {votes.map((vote) => (
          <tr key={`${vote.verifier}${vote.blockNumber}`}>
            <th scope="row"><Account address={vote.verifier} /></th>
            {[vote.isServed, vote.rendersEqual, vote.isAvailable].map((isSeen, column) => (
              <td key={column} className={isSeen ? "good" : "bad"}>{isSeen ? "yes" : "no"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function when(time: string, now: Date): string {
  const then = new Date(time);
  return then > now ? moment(then) : age(then, now);
}
