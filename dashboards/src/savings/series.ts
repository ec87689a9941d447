/** Which series the chart draws, and its points as numbers. Pure. */
import type { SavingsPoint, Totals } from "../api/documents";

export type Cut = "block" | "minute" | "hour" | "day";

export interface Point {
  readonly time: number;
  readonly saved: number;
  readonly until: number;
  readonly claims: number;
}

const LENGTHS: Record<Cut, number> = { block: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** Points that a line needs to be worth a coarser cut. */
const ENOUGH = 4;

export function pointsOf(totals: Totals, cut: Cut): readonly Point[] {
  const rows = { block: totals.bySecond, minute: totals.byMinute, hour: totals.byHour, day: totals.byDay }[cut];
  return rows.map(pointOf);
}

/** The coarsest cut that still shows a course; the finest when there is little to show. */
export function fittingCut(totals: Totals): Cut {
  if (totals.byDay.length >= ENOUGH) return "day";
  if (totals.byHour.length >= ENOUGH) return "hour";
  return totals.byMinute.length >= ENOUGH ? "minute" : "block";
}

/** The line's points: a step down to the start before the first, and on to `now` after the last. */
export function lineOf(points: readonly Point[], cut: Cut, now: number): readonly (readonly [number, number])[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const line = points.map((point) => [point.time + LENGTHS[cut], point.until] as const);
  const end = Math.max(now, last.time + LENGTHS[cut]);
  return [[first.time, first.until - first.saved], ...line, [end, last.until]];
}

/** A round binary distance between the lines of an axis up to `most` bytes: at most four lines. */
export function stepOf(most: number): number {
  for (let unit = 1; ; unit *= 1024) {
    for (const times of [1, 2, 5, 10, 20, 50, 100, 200, 500]) {
      if (most <= 4 * times * unit) return times * unit;
    }
  }
}

function pointOf(row: SavingsPoint): Point {
  // Sizes on a chart need no more digits than a double has.
  return {
    time: Date.parse(row.startsAt),
    saved: Number(row.savedBytes),
    until: Number(row.savedBytesUntil),
    claims: row.claims,
  };
}
