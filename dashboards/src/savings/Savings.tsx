/** Savings over time. The chart itself is loaded apart, after the figures; a table says the same without it. */
import { Suspense, lazy, useState } from "react";
import type { Overview } from "../api/documents";
import { bytesToText } from "../format/bytes";
import { moment } from "../format/time";
import type { Theme } from "../head/useTheme";
import { Nothing } from "../parts/Nothing";
import { Section } from "../parts/Section";
import { Waiting } from "../parts/Waiting";
import { fittingCut, pointsOf, type Cut } from "./series";

const Chart = lazy(() => import("./Chart"));
const CUTS: readonly (readonly [Cut, string])[] = [["block", "Blocks"], ["minute", "Minutes"], ["hour", "Hours"], ["day", "Days"]];

interface Properties {
  readonly overview: Overview;
  readonly theme: Theme;
  readonly now: Date;
}

export function Savings({ overview, theme, now }: Properties) {
  const [chosen, choose] = useState<Cut>();
  const cut = chosen ?? fittingCut(overview.totals);
  const points = pointsOf(overview.totals, cut);
  return (
    <Section
      id="savings"
      title="Verified savings"
      note="All bytes taken out so far, and what each interval added"
      aside={points.length > 0 ? <CutChoice cut={cut} onChoose={choose} /> : null}
    >
      {points.length === 0 ? (
        <Nothing title="No saving is verified yet">
          A claim counts here once verifiers have voted for it and its challenge window has passed.
        </Nothing>
      ) : (
        <figure className="chart-figure">
          <div className="chart" aria-hidden="true">
            <Suspense fallback={<Waiting lines={5} label="Loading the chart" />}>
              <Chart points={points} cut={cut} theme={theme} now={now.getTime()} />
            </Suspense>
          </div>
          <table className="visually-hidden">
            <caption>Verified savings by {cut}</caption>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">Added</th>
                <th scope="col">In all</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.time}>
                  <th scope="row">{moment(new Date(point.time))}</th>
                  <td>{bytesToText(BigInt(point.saved))}</td>
                  <td>{bytesToText(BigInt(point.until))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </figure>
      )}
    </Section>
  );
}

function CutChoice({ cut, onChoose }: { readonly cut: Cut; readonly onChoose: (cut: Cut) => void }) {
  return (
    <div className="choice" role="group" aria-label="Interval">
      {CUTS.map(([value, word]) => (
        <button key={value} type="button" aria-pressed={cut === value} onClick={() => onChoose(value)}>
          {word}
        </button>
      ))}
    </div>
  );
}
