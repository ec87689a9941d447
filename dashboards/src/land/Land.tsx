/** Virtual land: one parcel for each 100 KiB verified, each with a drawing of its own. */
import type { Listed, Parcel } from "../api/documents";
import { group } from "../format/dsh";
import { short } from "../format/hex";
import { Nothing } from "../parts/Nothing";
import { Section } from "../parts/Section";
import { TILE, tileOf } from "./tiles";

interface Properties {
  readonly land: Listed<Parcel>;
  readonly squareMetres: string;
}

export function Land({ land, squareMetres }: Properties) {
  const note = `${group(land.totalCount)} ${land.totalCount === 1 ? "parcel" : "parcels"}, ${group(BigInt(squareMetres))} m²`;
  return (
    <Section id="land" title="Virtual land" note={note}>
      {land.nodes.length === 0 ? (
        <Nothing title="No land yet">A harvester gets a parcel for each 100 KiB verified.</Nothing>
      ) : (
        <ul className="parcels">
          {land.nodes.map((parcel) => (
            <li key={parcel.tokenId} className="parcel">
              <TileDrawing parcel={parcel} />
              <span className="parcel-name">#{group(BigInt(parcel.tokenId))}</span>
              <span className="parcel-note">{word(parcel.biome)}</span>
              <span className="visually-hidden">
                , level {parcel.level}, {parcel.areaSquareMetres} square metres, owner {short(parcel.owner)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function TileDrawing({ parcel }: { readonly parcel: Parcel }) {
  const tile = tileOf(parcel.biome, BigInt(parcel.tokenId));
  return (
    <svg className="parcel-tile" viewBox={`0 0 ${TILE} ${TILE}`} aria-hidden="true">
      <rect width={TILE} height={TILE} fill={tile.ground} />
      {tile.marks.map((mark, index) => (
        <path key={index} d={mark.path} fill={mark.colour} />
      ))}
    </svg>
  );
}

function word(biome: string): string {
  return biome.charAt(0) + biome.slice(1).toLowerCase();
}
