/** The operations of this page with the shape of their answers; tests/documents.test.ts holds them against the schema. */
import { gql, type TypedDocumentNode } from "@urql/core";

export type ClaimStatus = "PENDING" | "FINALIZED" | "SLASHED" | "EXPIRED";
export type Fault = "SUM" | "TOKEN" | "STEP" | "NEST" | "RULE" | "SELECTOR";
export type Biome =
  | "DIGITAL" | "ENTERTAINMENT" | "COMMUNITY" | "KNOWLEDGE" | "SOCIAL" | "COMMERCIAL" | "PROFESSIONAL" | "PRODUCTION";

export interface Meta {
  readonly chainId: string;
  readonly block: { readonly number: string; readonly hash: string; readonly time: string };
  readonly chainHead: string;
  readonly lagBlocks: string;
  readonly seenAt: string;
  readonly silentSeconds: number;
}

export interface SavingsPoint {
  readonly startsAt: string;
  readonly savedBytes: string;
  readonly savedBytesUntil: string;
  readonly claims: number;
}

export interface Totals {
  readonly savedBytes: string;
  readonly sourceBytes: string;
  readonly optimizedBytes: string;
  readonly rewardWei: string;
  readonly paidWei: string;
  readonly pages: number;
  readonly hosts: number;
  readonly claims: number;
  readonly landSquareMetres: string;
  readonly statusCounts: readonly { readonly status: ClaimStatus; readonly count: number }[];
  readonly bySecond: readonly SavingsPoint[];
  readonly byMinute: readonly SavingsPoint[];
  readonly byHour: readonly SavingsPoint[];
  readonly byDay: readonly SavingsPoint[];
}

export interface HarvesterRow {
  readonly address: string;
  readonly verifiedBytes: string;
  readonly reputation: string;
  readonly claimsFinalized: number;
  readonly claimsSlashed: number;
  readonly paidWei: string;
  readonly landCount: number;
}

export interface Parcel {
  readonly tokenId: string;
  readonly biome: Biome;
  readonly level: number;
  readonly areaSquareMetres: string;
  readonly owner: string;
  readonly mintedAt: string;
}

export interface RewardRow {
  readonly ticket: string;
  readonly account: string;
  readonly amountWei: string;
  readonly claimId: string;
  readonly queuedAt: string;
  readonly paidAt: string | null;
}

export interface Listed<Row> {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
}

export interface Overview {
  readonly _meta: Meta | null;
  readonly parameters: { readonly quorum: number; readonly windowSeconds: string } | null;
  readonly totals: Totals;
  readonly harvesters: Listed<HarvesterRow>;
  readonly land: Listed<Parcel>;
  readonly rewards: Listed<RewardRow>;
}

const META = "chainId block { number hash time } chainHead lagBlocks seenAt silentSeconds";
const POINT = "startsAt savedBytes savedBytesUntil claims";

export const OVERVIEW: TypedDocumentNode<Overview, Record<string, never>> = gql`
  query Overview {
    _meta { ${META} }
    parameters { quorum windowSeconds }
    totals {
      savedBytes sourceBytes optimizedBytes rewardWei paidWei pages hosts claims landSquareMetres
      statusCounts { status count }
      bySecond: savings(interval: SECOND, last: 120) { ${POINT} }
      byMinute: savings(interval: MINUTE, last: 120) { ${POINT} }
      byHour: savings(interval: HOUR, last: 168) { ${POINT} }
      byDay: savings(interval: DAY, last: 120) { ${POINT} }
    }
    harvesters(first: 6) {
      totalCount
      nodes { address verifiedBytes reputation claimsFinalized claimsSlashed paidWei landCount }
    }
    land(first: 12) { totalCount nodes { tokenId biome level areaSquareMetres owner mintedAt } }
    rewards(first: 6) { totalCount nodes { ticket account amountWei claimId queuedAt paidAt } }
  }
`;

export interface ClaimRow {
  readonly claimId: string;
  readonly status: ClaimStatus;
  readonly host: string | null;
  readonly domainId: string;
  readonly biome: Biome;
  readonly sourceBytes: string;
  readonly optimizedBytes: string;
  readonly votes: number;
  readonly rewardWei: string | null;
  readonly revealedAt: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Claims {
  readonly optimizations: Listed<ClaimRow> & { readonly pageInfo: PageInfo };
}

export interface ClaimsVariables {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
  readonly filter: { readonly status?: readonly ClaimStatus[]; readonly host?: string };
  readonly orderBy: { readonly field: "REVEALED" | "SAVED_BYTES" | "REWARD" };
}

export const CLAIMS: TypedDocumentNode<Claims, ClaimsVariables> = gql`
  query Claims(
    $first: Int, $after: String, $last: Int, $before: String, $filter: OptimizationFilter, $orderBy: OptimizationOrder
  ) {
    optimizations(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { claimId status host domainId biome sourceBytes optimizedBytes votes rewardWei revealedAt }
    }
  }
`;

export interface Attestation {
  readonly verifier: string;
  readonly isServed: boolean;
  readonly rendersEqual: boolean;
  readonly isAvailable: boolean;
  readonly attestedAt: string;
  readonly blockNumber: string;
}

export interface Claim extends ClaimRow {
  readonly prover: string;
  readonly pageKey: string;
  readonly sourceRoot: string;
  readonly optimizedRoot: string;
  readonly traceRoot: string;
  readonly sourceTokens: string;
  readonly optimizedTokens: string;
  readonly savedBytes: string | null;
  readonly ruleset: number;
  readonly evidenceCid: string;
  readonly bondWei: string;
  readonly deadline: string | null;
  readonly revealedBlock: string;
  readonly transactionHash: string;
  readonly decidedBlock: string | null;
  readonly decidedAt: string | null;
  readonly decidedTransactionHash: string | null;
  readonly challenger: string | null;
  readonly fault: Fault | null;
  readonly bountyWei: string | null;
  readonly burntWei: string | null;
  readonly attestations: readonly Attestation[];
  readonly harvester: { readonly verifiedBytes: string; readonly reputation: string } | null;
}

export const CLAIM: TypedDocumentNode<{ readonly optimization: Claim | null }, { readonly claimId: string }> = gql`
  query Claim($claimId: Hex!) {
    optimization(claimId: $claimId) {
      claimId status host domainId biome sourceBytes optimizedBytes votes rewardWei revealedAt
      prover pageKey sourceRoot optimizedRoot traceRoot sourceTokens optimizedTokens savedBytes ruleset evidenceCid
      bondWei deadline revealedBlock transactionHash decidedBlock decidedAt decidedTransactionHash
      challenger fault bountyWei burntWei
      attestations { verifier isServed rendersEqual isAvailable attestedAt blockNumber }
      harvester { verifiedBytes reputation }
    }
  }
`;

export interface HeadChange {
  readonly chainHead: { readonly meta: Meta; readonly reorgTo: string | null };
}

export const HEAD: TypedDocumentNode<HeadChange, Record<string, never>> = gql`
  subscription Head {
    chainHead { meta { ${META} } reorgTo }
  }
`;
