/** What the page says about its own figures: whether they move with the chain. Pure, so every case is tested. */
import type { Meta } from "../api/documents";

export const STALE_BLOCKS = 5n;
export const SILENT_SECONDS = 20;

export type Health =
  | { readonly kind: "connecting" }
  | { readonly kind: "down" }
  | { readonly kind: "unindexed" }
  | { readonly kind: "lagging"; readonly blocks: bigint }
  | { readonly kind: "silent"; readonly seconds: number }
  | { readonly kind: "live" };

export function healthOf(meta: Meta | null | undefined, isUnreachable: boolean): Health {
  if (isUnreachable) return { kind: "down" };
  if (meta === undefined) return { kind: "connecting" };
  if (meta === null) return { kind: "unindexed" };
  if (meta.silentSeconds > SILENT_SECONDS) return { kind: "silent", seconds: meta.silentSeconds };
  const blocks = BigInt(meta.lagBlocks);
  return blocks > STALE_BLOCKS ? { kind: "lagging", blocks } : { kind: "live" };
}

/** The later of two answers about the head. */
export function newer(one: Meta | null | undefined, other: Meta | null | undefined): Meta | null | undefined {
  if (!one) return other ?? one;
  if (!other) return one;
  const difference = Date.parse(other.seenAt) - Date.parse(one.seenAt);
  // Of the same sight of the chain, the answer that was given later knows how long ago it was.
  if (difference === 0) return other.silentSeconds > one.silentSeconds ? other : one;
  return difference > 0 ? other : one;
}
