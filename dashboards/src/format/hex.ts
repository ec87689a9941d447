/** Hashes and addresses for people: both ends, because look-alikes share only one. */

export function short(hex: string, ends = 4): string {
  return hex.length <= 2 + 2 * ends + 1 ? hex : `${hex.slice(0, 2 + ends)}…${hex.slice(-ends)}`;
}

/** Small numbers that depend on every digit of `hex`: for colours and drawings that must stay the same. */
export function seedOf(hex: string): number {
  let seed = 0x811c9dc5;
  for (const character of hex.toLowerCase()) {
    seed = Math.imul(seed ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return seed;
}

/** A repeatable row of numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A host from the chain, safe to show: no control or direction characters, and never empty. */
export function hostToText(host: string | null, domainId: string): string {
  const plain = (host ?? "").replace(/[\p{C}\u2028\u2029]/gu, "").trim();
  return plain === "" ? short(domainId) : plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
