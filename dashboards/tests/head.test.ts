import { describe, expect, it } from "vitest";
import type { Meta, Totals } from "../src/api/documents";
import { healthOf, newer } from "../src/head/health";
import { fittingCut, lineOf, stepOf } from "../src/savings/series";

const META: Meta = {
  chainId: "1", block: { number: "9", hash: "0x", time: "2026-01-01T00:00:00Z" },
  chainHead: "9", lagBlocks: "0", seenAt: "2026-01-01T00:00:00Z", silentSeconds: 0,
};

describe("what the page says of its figures", () => {
  it("is down when nothing answers, whatever was known before", () => {
    expect(healthOf(META, true).kind).toBe("down");
    expect(healthOf(undefined, true).kind).toBe("down");
  });

  it("tells waiting from nothing indexed", () => {
    expect(healthOf(undefined, false).kind).toBe("connecting");
    expect(healthOf(null, false).kind).toBe("unindexed");
  });

  it("is stale when the indexer is behind or silent, and live otherwise", () => {
    expect(healthOf({ ...META, lagBlocks: "6" }, false)).toEqual({ kind: "lagging", blocks: 6n });
    expect(healthOf({ ...META, silentSeconds: 21 }, false)).toEqual({ kind: "silent", seconds: 21 });
    expect(healthOf({ ...META, lagBlocks: "5", silentSeconds: 20 }, false).kind).toBe("live");
  });

  it("keeps the later of two heads", () => {
    const later = { ...META, seenAt: "2026-01-01T00:00:05Z" };
    expect(newer(META, later)).toBe(later);
    expect(newer(later, META)).toBe(later);
    const silent = { ...META, silentSeconds: 40 };
    expect(newer(META, silent)).toBe(silent);
    expect(newer(silent, META)).toBe(silent);
    expect(newer(undefined, META)).toBe(META);
    expect(newer(META, null)).toBe(META);
  });
});

describe("the chart's series", () => {
  const row = { startsAt: "2026-01-01T00:00:00Z", savedBytes: "1", savedBytesUntil: "1", claims: 1 };
  const totals = (seconds: number, minutes: number, hours: number, days: number) =>
    ({
      bySecond: Array(seconds).fill(row), byMinute: Array(minutes).fill(row),
      byHour: Array(hours).fill(row), byDay: Array(days).fill(row),
    }) as unknown as Totals;

  it("is cut as coarsely as it still shows a course", () => {
    expect(fittingCut(totals(3, 1, 1, 1))).toBe("block");
    expect(fittingCut(totals(9, 4, 1, 1))).toBe("minute");
    expect(fittingCut(totals(9, 9, 4, 1))).toBe("hour");
    expect(fittingCut(totals(9, 9, 9, 4))).toBe("day");
  });

  it("begins at what was there before, and goes on to now", () => {
    const points = [{ time: 1_000, saved: 5, until: 15, claims: 1 }, { time: 4_000, saved: 5, until: 20, claims: 1 }];
    expect(lineOf(points, "block", 9_000)).toEqual([[1_000, 10], [2_000, 15], [5_000, 20], [9_000, 20]]);
    expect(lineOf([], "block", 9_000)).toEqual([]);
  });

  it("has at most four lines across, at round binary sizes", () => {
    for (const most of [0, 1, 3, 1000, 1024, 150_000, 4 * 1024 ** 2, 7 * 1024 ** 3]) {
      expect(Math.ceil(most / stepOf(most))).toBeLessThanOrEqual(4);
    }
    expect(stepOf(150_000)).toBe(50 * 1024);
  });
});
