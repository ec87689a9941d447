/** DSH for people: 18 decimals, exact integer arithmetic, rounded down so that nobody reads more than there is. */

const WEI = 10n ** 18n;

/** The amount with thousands grouped, and as many decimals as make it readable; "<0.0001" for dust. */
export function weiToText(wei: bigint): string {
  if (wei < 0n) return `−${weiToText(-wei)}`;
  const whole = wei / WEI;
  const decimals = whole >= 1000n ? 0 : whole >= 10n ? 1 : whole >= 1n ? 2 : 4;
  const fraction = (wei % WEI).toString().padStart(18, "0").slice(0, decimals);
  const digits = fraction.replace(/0+$/, "");
  if (whole === 0n && digits === "" && wei > 0n) return "<0.0001";
  return digits === "" ? group(whole) : `${group(whole)}.${digits}`;
}

/** An integer with thin spaces between thousands. */
export function group(value: bigint | number): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}
