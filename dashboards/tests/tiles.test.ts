import { describe, expect, it } from "vitest";
import type { Biome } from "../src/api/documents";
import { TILE, tileOf } from "../src/land/tiles";

const BIOMES: readonly Biome[] = [
  "DIGITAL", "ENTERTAINMENT", "COMMUNITY", "KNOWLEDGE", "SOCIAL", "COMMERCIAL", "PROFESSIONAL", "PRODUCTION",
];

describe.each(BIOMES)("a parcel of %s", (biome) => {
  it("is drawn the same every time and unlike its neighbour", () => {
    expect(tileOf(biome, 7n)).toEqual(tileOf(biome, 7n));
    expect(tileOf(biome, 7n)).not.toEqual(tileOf(biome, 8n));
  });

  it("is drawn for token ids of 256 bits", () => {
    const tile = tileOf(biome, 2n ** 256n - 1n);
    expect(tile.marks.length).toBeGreaterThan(2);
    expect(tile.marks.map((mark) => mark.path).join("")).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("is small enough to draw by the dozen", () => {
    for (let token = 0n; token < 50n; token += 1n) expect(tileOf(biome, token).marks.length).toBeLessThan(TILE);
  });
});
