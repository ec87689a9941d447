/** Sizes for people. KiB = 1024 bytes; the API's strings may be larger than a double holds, so they come as bigint. */

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

export interface Figure {
  readonly value: string;
  readonly unit: string;
}

/** The size with three significant digits, in the largest unit that keeps it at 1 or more. */
export function bytesToFigure(bytes: bigint): Figure {
  const sign = bytes < 0n ? "−" : "";
  const size = bytes < 0n ? -bytes : bytes;
  let step = 0;
  while (step < UNITS.length - 1 && size >= 1024n ** BigInt(step + 1)) step += 1;
  // Scaled by 1000 in integers first: dividing a large bigint as a double would lose its digits.
  let amount = Number((size * 1000n) / 1024n ** BigInt(step)) / 1000;
  // 1023.999 KiB rounds to 1000 or more digits' worth: write it as the next unit.
  if (step < UNITS.length - 1 && amount >= 999.5 && step > 0) {
    step += 1;
    amount /= 1024;
  }
  return { value: sign + significant(amount, step === 0), unit: UNITS[step]! };
}

export function bytesToText(bytes: bigint): string {
  const { value, unit } = bytesToFigure(bytes);
  return `${value} ${unit}`;
}

/** How much of `before` is gone, in percent with one decimal below 10; "0 %" for nothing. */
export function savingToPercent(before: bigint, after: bigint): string {
  if (before <= 0n) return "0 %";
  const permille = Number(((before - after) * 1000n) / before);
  const percent = permille / 10;
  return `${(Math.abs(percent) < 10 ? percent.toFixed(1) : Math.round(percent).toString()).replace("-", "−").replace(/\.0$/, "")} %`;
}

/** `part` of `whole` as a number from 0 to 1. */
export function share(part: bigint, whole: bigint): number {
  if (whole <= 0n || part <= 0n) return 0;
  return Math.min(1, Number((part * 10_000n) / whole) / 10_000);
}

function significant(amount: number, isWhole: boolean): string {
  if (isWhole || amount >= 100) return Math.round(amount).toString();
  return amount >= 10 ? amount.toFixed(1) : amount.toFixed(2);
}
