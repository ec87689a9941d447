/** Says, above the figures, why they may not be those of now, and what to do. Nothing while all is well. */
import { useEffect, useState } from "react";
import type { Meta } from "../api/documents";
import { group } from "../format/dsh";
import { age } from "../format/time";
import type { Health } from "./health";

const RETRY_SECONDS = [2, 4, 8, 10] as const;

interface Properties {
  readonly health: Health;
  readonly meta: Meta | null | undefined;
  readonly now: Date;
  readonly onRetry: () => void;
}

export function Notice({ health, meta, now, onRetry }: Properties) {
  if (health.kind === "down") return <Down onRetry={onRetry} />;
  if (health.kind === "unindexed") {
    return (
      <div className="notice" role="status">
        <strong>Nothing is indexed yet.</strong> The indexer has not read a block. If this lasts, look at its log:{" "}
        <code>lightdom logs indexer</code>
      </div>
    );
  }
  if (meta && (health.kind === "lagging" || health.kind === "silent")) {
    return (
      <div className="notice" role="status">
        <strong>{health.kind === "lagging" ? "The indexer is behind." : "The indexer has stopped reading."}</strong>{" "}
        Figures are of block {group(BigInt(meta.block.number))}, {age(new Date(meta.block.time), now)}
        {health.kind === "silent" ? <>. See <code>lightdom logs indexer</code></> : "; it is catching up"}.
      </div>
    );
  }
  return null;
}

function Down({ onRetry }: { readonly onRetry: () => void }) {
  const [attempt, setAttempt] = useState(0);
  const wait = RETRY_SECONDS[Math.min(attempt, RETRY_SECONDS.length - 1)]!;
  const [left, setLeft] = useState<number>(wait);
  useEffect(() => {
    if (left <= 0) {
      onRetry();
      setAttempt(attempt + 1);
      setLeft(RETRY_SECONDS[Math.min(attempt + 1, RETRY_SECONDS.length - 1)]!);
      return;
    }
    const second = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(second);
  }, [left, attempt, onRetry]);
  return (
    <div className="notice notice-bad" role="alert">
      <span>
        <strong>The API does not answer.</strong> Start it with <code>make up</code>, or see <code>/ready</code> for what is missing.
      </span>
      <button type="button" className="button" onClick={() => setLeft(0)}>
        Try now <span aria-hidden="true">({left} s)</span>
      </button>
    </div>
  );
}
