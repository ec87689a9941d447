/** An account: a small drawing that depends on every digit of the address, beside its two ends. */
import { randomOf, seedOf, short } from "../format/hex";

export function Account({ address }: { readonly address: string }) {
  return (
    <span className="account" title={address}>
      <Glyph address={address} />
      <code>{short(address)}</code>
    </span>
  );
}

/** Five by five cells, mirrored, in one hue: told apart at a glance, and never a claim about whose it is. */
function Glyph({ address }: { readonly address: string }) {
  const random = randomOf(seedOf(address));
  const hue = Math.floor(random() * 360);
  const cells: string[] = [];
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      if (random() < 0.5) continue;
      cells.push(`M${column} ${row}h1v1h-1z`);
      if (column < 2) cells.push(`M${4 - column} ${row}h1v1h-1z`);
    }
  }
  return (
    <svg className="glyph" viewBox="-1 -1 7 7" width="22" height="22" aria-hidden="true">
      <rect x="-1" y="-1" width="7" height="7" rx="2" fill={`hsl(${hue} 45% 50% / .16)`} />
      <path d={cells.join("")} fill={`hsl(${hue} 50% 48%)`} />
    </svg>
  );
}
