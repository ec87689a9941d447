/** A claim's status: colour, sign and word, so that it never rests on colour alone. */
import type { ClaimStatus } from "../api/documents";

const WORDS: Record<ClaimStatus, string> = {
  PENDING: "Open",
  FINALIZED: "Final",
  SLASHED: "Slashed",
  EXPIRED: "Expired",
};
const SIGNS: Record<ClaimStatus, string> = {
  PENDING: "M8 2.8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 0 1 0-10.4zM8 5.4V8l1.7 1.2",
  FINALIZED: "M4.5 8.2 7 10.7 11.5 5.6",
  SLASHED: "M5 5l6 6M11 5l-6 6",
  EXPIRED: "M5 8h6",
};

export function StatusPill({ status }: { readonly status: ClaimStatus }) {
  return (
    <span className="pill" data-status={status}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={SIGNS[status]} />
      </svg>
      {WORDS[status]}
    </span>
  );
}
