import { describe, expect, it } from "vitest";
import { bytesToText, savingToPercent, share } from "../src/format/bytes";

describe("sizes", () => {
  it.each([
    [0n, "0 B"],
    [1n, "1 B"],
    [1023n, "1023 B"],
    [1024n, "1.00 KiB"],
    [1536n, "1.50 KiB"],
    [10n * 1024n, "10.0 KiB"],
    [348_112n, "340 KiB"],
    [1024n ** 2n - 1n, "1.00 MiB"],
    [1024n ** 2n, "1.00 MiB"],
    [2n ** 64n - 1n, "16.0 EiB"],
    [2n ** 80n, "1048576 EiB"],
    [-2048n, "−2.00 KiB"],
  ])("%s bytes read %s", (bytes, text) => {
    expect(bytesToText(bytes)).toBe(text);
  });

  it("never shows four digits before the unit changes", () => {
    for (let power = 1; power < 6; power += 1) {
      for (let below = 0n; below < 40n; below += 1n) {
        const text = bytesToText(1024n ** BigInt(power + 1) - below * 1024n ** BigInt(power) / 8n - 1n);
        expect(Number(text.split(" ")[0])).toBeLessThan(1020);
      }
    }
  });
});

describe("savings", () => {
  it("of an empty page are nothing, not a division by zero", () => {
    expect(savingToPercent(0n, 0n)).toBe("0 %");
    expect(share(1n, 0n)).toBe(0);
  });

  it("keep one decimal below ten", () => {
    expect(savingToPercent(1000n, 915n)).toBe("8.5 %");
    expect(savingToPercent(1000n, 990n)).toBe("1 %");
    expect(savingToPercent(348_112n, 240_906n)).toBe("31 %");
  });

  it("of a page that grew are negative", () => {
    expect(savingToPercent(1000n, 1500n)).toBe("−50 %");
  });

  it("hold for pages larger than a double can count", () => {
    expect(savingToPercent(2n ** 64n - 1n, 2n ** 63n)).toBe("50 %");
    expect(share(2n ** 63n, 2n ** 64n)).toBeCloseTo(0.5);
  });
});
