import { describe, expect, it } from "vitest";
import { group, weiToText } from "../src/format/dsh";
import { hostToText, randomOf, seedOf, short } from "../src/format/hex";
import { age, duration } from "../src/format/time";

const WEI = 10n ** 18n;

describe("DSH", () => {
  it.each([
    [0n, "0"],
    [1n, "<0.0001"],
    [WEI / 10_000n, "0.0001"],
    [WEI, "1"],
    [(WEI * 3n) / 2n, "1.5"],
    [WEI * 2n - 1n, "1.99"],
    [12_345n * WEI + 1n, "12\u202f345"],
    [2n ** 256n - 1n, group((2n ** 256n - 1n) / WEI)],
    [-WEI, "−1"],
  ])("%s wei read %s", (wei, text) => {
    expect(weiToText(wei)).toBe(text);
  });

  it("is never rounded up to more than there is", () => {
    for (const wei of [WEI - 1n, 10n * WEI - 1n, 999n * WEI + WEI - 1n, 1_000_000n * WEI - 1n]) {
      const shown = weiToText(wei).replace(/\u202f/g, "");
      const [whole, fraction = ""] = shown.split(".");
      expect(BigInt(whole!) * WEI + BigInt(fraction.padEnd(18, "0").slice(0, 18))).toBeLessThanOrEqual(wei);
    }
  });
});

describe("ages", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  it.each([
    ["2026-11-23T12:00:00Z", "just now"],
    ["2026-11-23T12:05:00Z", "just now"],
    ["2026-11-23T11:59:30Z", "30 s ago"],
    ["2026-11-23T11:00:01Z", "59 min ago"],
    ["2026-11-22T12:00:01Z", "23 h ago"],
    ["2026-10-20T12:00:00Z", "1 mo ago"],
    ["2020-11-01T12:00:00Z", "6 y ago"],
  ])("of %s is %s", (then, text) => {
    expect(age(new Date(then), now)).toBe(text);
  });

  it("are never negative", () => {
    expect(duration(-5)).toBe("0 s");
  });
});

describe("hashes and hosts", () => {
  it("shows both ends of a hash, and a short one whole", () => {
    expect(short("0x2e60aabbccddEeD1")).toBe("0x2e60…EeD1");
    expect(short("0x1234")).toBe("0x1234");
  });

  it("drops what could disguise a host, and never shows an empty one", () => {
    expect(hostToText("evil\u202egro.elpmaxe", "0x")).toBe("evilgro.elpmaxe");
    expect(hostToText("a\u0000b\n.example", "0x")).toBe("ab.example");
    expect(hostToText(null, "0x1111222233334444")).toBe("0x1111…4444");
    expect(hostToText(" \u200b ", "0x1111222233334444")).toBe("0x1111…4444");
    expect(hostToText("x".repeat(3000), "0x")).toHaveLength(60);
  });

  it("draws the same for the same address and not for another", () => {
    const draw = (hex: string) => Array.from({ length: 8 }, randomOf(seedOf(hex)));
    expect(draw("0xABCD")).toEqual(draw("0xabcd"));
    expect(draw("0xabcd")).not.toEqual(draw("0xabce"));
  });
});
