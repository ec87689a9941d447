/** Text colours against the grounds they stand on: at least 4.5:1 (WCAG 2.2, 1.4.3), in both themes. */
import { describe, expect, it } from "vitest";
import tokens from "../src/style/tokens.css?raw";

const PAIRS: readonly (readonly [string, string])[] = [
  ["ink", "ground"], ["ink-2", "ground"], ["ink-3", "ground"], ["accent", "ground"],
  ["ink", "card"], ["ink-2", "card"], ["ink-3", "card"], ["accent", "card"], ["bad", "card"],
  ["accent", "accent-soft"], ["open", "open-soft"], ["bad", "bad-soft"], ["ink", "open-soft"], ["ink", "bad-soft"],
  ["ink-2", "heavy"], ["ink", "raised"], ["ink", "pressed"],
];

function themeOf(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high! + 0.05) / (low! + 0.05);
}

const [, light = "", dark = "", systemDark = ""] = tokens.split(/:root[^{]*\{/);

describe.each([["light", light], ["dark", dark]])("the %s theme", (_, block) => {
  const theme = themeOf(block);
  it.each(PAIRS)("%s on %s can be read", (text, ground) => {
    expect(contrast(theme.get(text)!, theme.get(ground)!)).toBeGreaterThanOrEqual(4.5);
  });
});

it("is the same dark whether the system or the reader chose it", () => {
  expect([...themeOf(systemDark)]).toEqual([...themeOf(dark)]);
});
