/** A claim's life as a list of moments, in order. Pure. */
import type { Claim, Fault } from "../api/documents";
import { bytesToText } from "../format/bytes";
import { weiToText } from "../format/dsh";
import { short } from "../format/hex";

export interface Moment {
  readonly title: string;
  /** Goes on after the title, with the sign or space that joins them. */
  readonly text: string;
  readonly time: string | null;
  readonly block: string | null;
  readonly tone: "plain" | "good" | "bad" | "open";
}

export const FAULTS: Record<Fault, string> = {
  SUM: "the byte counts of a tree do not add up",
  TOKEN: "a committed token is not one that the lexer would have cut",
  STEP: "two neighbouring steps do not follow from each other",
  NEST: "an element was closed that was not the open one",
  RULE: "a step's output is not what its rule makes of the token",
  SELECTOR: "a style rule was dropped although it matches an element",
};

export function timelineOf(claim: Claim, quorum: number | undefined): readonly Moment[] {
  return [revealed(claim), ...votes(claim, quorum), ending(claim)];
}

function revealed(claim: Claim): Moment {
  return {
    title: "Revealed",
    text: ` with a bond of ${weiToText(BigInt(claim.bondWei))} WETH`,
    time: claim.revealedAt,
    block: claim.revealedBlock,
    tone: "plain",
  };
}

function votes(claim: Claim, quorum: number | undefined): readonly Moment[] {
  const last = claim.attestations.at(-1);
  if (last === undefined) return [];
  const count = claim.attestations.length;
  return [
    {
      title: `${count} ${count === 1 ? "verifier" : "verifiers"} voted`,
      text: quorum === undefined ? " after fetching the evidence and recomputing the roots" : `; ${quorum} full votes are needed`,
      time: last.attestedAt,
      block: last.blockNumber,
      tone: "plain",
    },
  ];
}

function ending(claim: Claim): Moment {
  const place = { time: claim.decidedAt, block: claim.decidedBlock };
  switch (claim.status) {
    case "PENDING":
      return { title: "Window closes", text: "; until then anyone can contradict it", time: claim.deadline, block: null, tone: "open" };
    case "FINALIZED":
      return {
        title: "Finalized",
        text: `: ${bytesToText(BigInt(claim.savedBytes ?? "0"))} verified, ${weiToText(BigInt(claim.rewardWei ?? "0"))} DSH earned`,
        ...place,
        tone: "good",
      };
    case "SLASHED":
      return {
        title: "Slashed",
        text: claim.fault === null ? ": proven wrong" : `: ${short(claim.challenger ?? "0x")} proved that ${FAULTS[claim.fault]}`,
        ...place,
        tone: "bad",
      };
    case "EXPIRED":
      return { title: "Expired", text: ": too few votes; the bond went back, nothing was paid", ...place, tone: "plain" };
  }
}
