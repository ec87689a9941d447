/** The leaderboard: who has verified most. */
import type { HarvesterRow, Listed } from "../api/documents";
import { bytesToText, share } from "../format/bytes";
import { group, weiToText } from "../format/dsh";
import { Account } from "../parts/Account";
import { Nothing } from "../parts/Nothing";
import { Section } from "../parts/Section";

export function Harvesters({ harvesters }: { readonly harvesters: Listed<HarvesterRow> }) {
  const most = harvesters.nodes.reduce((best, row) => (BigInt(row.verifiedBytes) > best ? BigInt(row.verifiedBytes) : best), 0n);
  return (
    <Section id="harvesters" title="Harvesters" note={`${group(harvesters.totalCount)} in all, by verified bytes`}>
      {harvesters.nodes.length === 0 ? (
        <Nothing title="Nobody has claimed yet">Whoever reveals the first claim leads this list.</Nothing>
      ) : (
        <ol className="ranks">
          {harvesters.nodes.map((row) => (
            <li key={row.address} className="rank">
              <Account address={row.address} />
              <span className="rank-bytes">{bytesToText(BigInt(row.verifiedBytes))}</span>
              <svg className="rank-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect className="rank-all" width="100" height="4" />
                <rect className="rank-share" width={100 * share(BigInt(row.verifiedBytes), most)} height="4" />
              </svg>
              <span className="rank-note">
                {group(row.claimsFinalized)} final
                {row.claimsSlashed > 0 ? <span className="bad"> · {group(row.claimsSlashed)} slashed</span> : null} ·{" "}
                {weiToText(BigInt(row.paidWei))} DSH paid · reputation {group(BigInt(row.reputation)).replace("-", "−")}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
