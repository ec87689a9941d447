/** The drawing of a parcel: a palette and a motif by biome, its course by the token's number. Pure; the same every time. */
import type { Biome } from "../api/documents";
import { randomOf } from "../format/hex";

export const TILE = 96;

export interface Tile {
  readonly ground: string;
  readonly marks: readonly { readonly path: string; readonly colour: string }[];
}

type Motif = (random: () => number, colours: readonly string[]) => Tile["marks"];

const PALETTES: Record<Biome, readonly [string, string, string, string]> = {
  DIGITAL: ["#12302a", "#1c5a4b", "#38b48b", "#9df0d0"],
  ENTERTAINMENT: ["#3a1533", "#7a2f63", "#d65a9a", "#ffb7d5"],
  COMMUNITY: ["#33240f", "#7b521d", "#dd9a3c", "#ffdc9c"],
  KNOWLEDGE: ["#172544", "#2f4c8a", "#6f97e6", "#c4d8ff"],
  SOCIAL: ["#102c3b", "#1f5d79", "#46a9cf", "#b3e6fa"],
  COMMERCIAL: ["#3a1c14", "#843c27", "#e0744d", "#ffc9ad"],
  PROFESSIONAL: ["#22252c", "#454c5b", "#8e99b0", "#dbe2ef"],
  PRODUCTION: ["#262c0e", "#566417", "#a8c038", "#e8f5a0"],
};

const MOTIFS: Record<Biome, Motif> = {
  DIGITAL: cells,
  ENTERTAINMENT: waves,
  COMMUNITY: rings,
  KNOWLEDGE: strata,
  SOCIAL: links,
  COMMERCIAL: blocks,
  PROFESSIONAL: columns,
  PRODUCTION: diamonds,
};

export function tileOf(biome: Biome, tokenId: bigint): Tile {
  const [ground, ...colours] = PALETTES[biome];
  const random = randomOf(Number(BigInt.asUintN(32, tokenId * 2_654_435_761n)));
  return { ground, marks: MOTIFS[biome](random, colours) };
}

const step = (value: number) => Math.round(value * 10) / 10;
const pick = (random: () => number, colours: readonly string[]) => colours[Math.floor(random() * colours.length)]!;
const square = (x: number, y: number, width: number, height: number) =>
  `M${step(x)} ${step(y)}h${step(width)}v${step(height)}h${step(-width)}z`;
const disc = (x: number, y: number, radius: number) =>
  `M${step(x - radius)} ${step(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;

function cells(random: () => number, colours: readonly string[]): Tile["marks"] {
  const marks = [];
  for (let place = 0; place < 36; place += 1) {
    if (random() < 0.45) continue;
    const size = 4 + random() * 8;
    marks.push({ path: square((place % 6) * 16 + 8 - size / 2, Math.floor(place / 6) * 16 + 8 - size / 2, size, size), colour: pick(random, colours) });
  }
  return marks;
}

function hills(random: () => number, colours: readonly string[], height: number, isRound: boolean): Tile["marks"] {
  return Array.from({ length: 5 }, (_, layer) => {
    const top = 14 + layer * 17;
    const bends = Array.from({ length: 4 }, () => top + (random() - 0.5) * height);
    const course = isRound
      ? `C16 ${step(bends[0]!)} 32 ${step(bends[1]!)} 48 ${step(top)}S80 ${step(bends[2]!)} 96 ${step(bends[3]!)}`
      : `L32 ${step(bends[0]!)}L58 ${step(bends[1]!)}L96 ${step(bends[3]!)}`;
    return { path: `M0 ${step(bends[3]!)}${course}V96H0z`, colour: colours[layer % colours.length]! };
  });
}

function waves(random: () => number, colours: readonly string[]): Tile["marks"] {
  return hills(random, colours, 26, true);
}

function strata(random: () => number, colours: readonly string[]): Tile["marks"] {
  return hills(random, colours, 14, false);
}

function rings(random: () => number, colours: readonly string[]): Tile["marks"] {
  const marks = [];
  for (let ring = 0; ring < 7; ring += 1) {
    marks.push({ path: disc(random() * TILE, random() * TILE, 6 + Math.round(random() * 14)), colour: pick(random, colours) });
  }
  return marks;
}

function links(random: () => number, colours: readonly string[]): Tile["marks"] {
  const places = Array.from({ length: 8 }, () => [10 + random() * 76, 10 + random() * 76] as const);
  const lines = places.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = places[Math.floor(index / 2)]!;
    return `M${step(fromX)} ${step(fromY)}L${step(x)} ${step(y)}l1.6 1.6L${step(fromX + 1.6)} ${step(fromY + 1.6)}z`;
  });
  return [
    { path: lines.join(""), colour: colours[0]! },
    ...places.map(([x, y]) => ({ path: disc(x, y, 3 + Math.round(random() * 5)), colour: pick(random, colours.slice(1)) })),
  ];
}

function blocks(random: () => number, colours: readonly string[]): Tile["marks"] {
  const marks = [];
  for (let x = 4; x < 88; x += 22) {
    for (let y = 4; y < 88; y += 22) marks.push({ path: square(x, y, 8 + random() * 12, 8 + random() * 12), colour: pick(random, colours) });
  }
  return marks;
}

function columns(random: () => number, colours: readonly string[]): Tile["marks"] {
  return Array.from({ length: 8 }, (_, column) => {
    const height = 18 + random() * 66;
    return { path: square(column * 12 + 2, TILE - height, 8, height), colour: pick(random, colours) };
  });
}

function diamonds(random: () => number, colours: readonly string[]): Tile["marks"] {
  const marks = [];
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 5; column += 1) {
      if (random() < 0.3) continue;
      const [x, y, size] = [column * 22 + (row % 2) * 11, row * 22 + 4, 5 + random() * 6];
      marks.push({ path: `M${step(x)} ${step(y - size)}l${step(size)} ${step(size)}l${step(-size)} ${step(size)}l${step(-size)} ${step(-size)}z`, colour: pick(random, colours) });
    }
  }
  return marks;
}
