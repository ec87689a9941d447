/** The figures that the page is about: what was taken out, what it earned, and how claims ended. */
import type { ReactNode } from "react";
import type { ClaimStatus, Overview } from "../api/documents";
import { bytesToFigure, bytesToText, savingToPercent } from "../format/bytes";
import { group, weiToText } from "../format/dsh";
import { SizeBar } from "../parts/SizeBar";

export function Headline({ overview }: { readonly overview: Overview }) {
  const { totals, rewards } = overview;
  const saved = bytesToFigure(BigInt(totals.savedBytes));
  const before = BigInt(totals.sourceBytes);
  const after = BigInt(totals.optimizedBytes);
  const waiting = BigInt(totals.rewardWei) - BigInt(totals.paidWei);
  const count = (status: ClaimStatus) => totals.statusCounts.find((row) => row.status === status)?.count ?? 0;
  return (
    <section className="headline" aria-labelledby="headline-title">
      <div className="headline-main">
        <h1 id="headline-title">Space Optimization</h1>
        <p className="headline-figure">
          <span className="figure">{saved.value}</span> <span className="figure-unit">{saved.unit}</span>
        </p>
        <p className="headline-words">
          {totals.pages === 0
            ? "taken out of web pages so far. It grows with each claim that is verified on chain"
            : `taken out of ${group(totals.pages)} ${totals.pages === 1 ? "page" : "pages"} on ${group(totals.hosts)} ${totals.hosts === 1 ? "host" : "hosts"}, verified on chain`}
        </p>
        {before > 0n ? (
          <div className="headline-weight">
            <SizeBar before={before} after={after} />
            <dl>
              <div>
                <dt>Before</dt>
                <dd>{bytesToText(before)}</dd>
              </div>
              <div className="headline-after">
                <dt>Now</dt>
                <dd>
                  {bytesToText(after)} <span className="good">−{savingToPercent(before, after)}</span>
                </dd>
              </div>
            </dl>
          </div>
        ) : null}
      </div>
      <dl className="tiles">
        <Tile label="DSH earned" value={weiToText(BigInt(totals.rewardWei))}>
          {waiting > 0n ? `${weiToText(waiting)} still in line` : rewards.totalCount > 0 ? "all paid" : "none yet"}
        </Tile>
        <Tile label="Claims final" value={group(count("FINALIZED"))} tone="good">
          of {group(totals.claims)} made
        </Tile>
        <Tile label="Claims open" value={group(count("PENDING"))} tone="open">
          {overview.parameters ? `${overview.parameters.quorum} votes needed each` : "can be contradicted"}
        </Tile>
        <Tile label="Claims slashed" value={group(count("SLASHED"))} tone="bad">
          {count("EXPIRED") > 0 ? `${group(count("EXPIRED"))} expired` : "proven wrong"}
        </Tile>
      </dl>
    </section>
  );
}

interface TileProperties {
  readonly label: string;
  readonly value: string;
  readonly tone?: "good" | "open" | "bad";
  readonly children: ReactNode;
}

function Tile({ label, value, tone, children }: TileProperties) {
  return (
    <div className="tile" data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        <span className="tile-value">{value}</span>
        <span className="tile-note">{children}</span>
      </dd>
    </div>
  );
}
