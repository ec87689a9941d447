/** Rewards: tickets of the line in which DSH are paid, the newest first. */
import type { Listed, RewardRow } from "../api/documents";
import { group, weiToText } from "../format/dsh";
import { age, moment } from "../format/time";
import { Account } from "../parts/Account";
import { Nothing } from "../parts/Nothing";
import { Section } from "../parts/Section";

interface Properties {
  readonly rewards: Listed<RewardRow>;
  readonly now: Date;
  readonly onOpen: (claimId: string) => void;
}

export function Rewards({ rewards, now, onOpen }: Properties) {
  return (
    <Section id="rewards" title="Rewards" note={`${group(rewards.totalCount)} queued so far, paid in their order`}>
      {rewards.nodes.length === 0 ? (
        <Nothing title="No reward yet">A finalized claim queues DSH for its harvester.</Nothing>
      ) : (
        <ul className="rewards">
          {rewards.nodes.map((row) => (
            <li key={row.ticket} className="reward">
              <a
                className="reward-amount"
                href={`?claim=${row.claimId}`}
                onClick={(event) => {
                  event.preventDefault();
                  onOpen(row.claimId);
                }}
                aria-label={`${weiToText(BigInt(row.amountWei))} DSH, ticket ${row.ticket}: show the claim`}
              >
                {weiToText(BigInt(row.amountWei))} <span className="unit">DSH</span>
              </a>
              <Account address={row.account} />
              <span className="reward-note" title={moment(new Date(row.paidAt ?? row.queuedAt))}>
                {row.paidAt ? `paid ${age(new Date(row.paidAt), now)}` : `in line, ticket ${group(BigInt(row.ticket))}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
