/** The drawing of the savings, by ECharts on a canvas: an SVG or HTML tooltip of its own would need inline styles. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { bytesToText } from "../format/bytes";
import { moment } from "../format/time";
import type { Theme } from "../head/useTheme";
import { lineOf, stepOf, type Cut, type Point } from "./series";

use([LineChart, BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

interface Properties {
  readonly points: readonly Point[];
  readonly cut: Cut;
  readonly theme: Theme;
  readonly now: number;
}

export default function Chart({ points, cut, theme, now }: Properties) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);

  useEffect(() => {
    const element = place.current!;
    const drawn = init(element);
    chart.current = drawn;
    const follow = new ResizeObserver(() => drawn.resize());
    follow.observe(element);
    return () => {
      follow.disconnect();
      drawn.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    // Merged into what is drawn, so that a tooltip that is being read stays while the line grows.
    chart.current?.setOption(optionsOf(points, cut, now));
  }, [points, cut, theme, now]);

  return <div ref={place} className="chart-canvas" />;
}

function optionsOf(points: readonly Point[], cut: Cut, now: number) {
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const accent = colour("--accent-strong");
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const label = { color: colour("--ink-3"), fontSize: 12 };
  const step = stepOf(points.at(-1)?.until ?? 0);
  const sizes = { ...label, formatter: (value: number) => (value === 0 ? "0" : bytesToText(BigInt(Math.round(value))).replace(/\.0+ /, " ")) };
  return {
    animation: !isCalm,
    animationDuration: 500,
    grid: { left: 4, right: 4, top: 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: {
      trigger: "axis",
      backgroundColor: colour("--raised"),
      borderColor: colour("--line"),
      textStyle: { color: colour("--ink"), fontSize: 13 },
      axisPointer: { type: "line", lineStyle: { color: colour("--ink-3"), type: "dashed" } },
      // An element, not HTML: our policy refuses inline styles, and nothing from the chain is parsed as markup.
      formatter: (shown: unknown) => tooltip(points, shown),
    },
    xAxis: {
      type: "time",
      axisLabel: { ...label, hideOverlap: true },
      axisLine: { lineStyle: { color: colour("--line") } },
      axisTick: { show: false },
      splitNumber: 5,
    },
    yAxis: {
      type: "value",
      interval: step,
      max: (range: { max: number }) => Math.ceil((range.max * 1.04) / step) * step,
      axisLabel: sizes,
      splitLine: { lineStyle: { color: colour("--line") } },
    },
    series: [
      {
        type: "bar",
        name: "added",
        data: points.map((point) => [point.time, point.saved]),
        barMaxWidth: 14,
        barMinWidth: 3,
        itemStyle: { color: colour("--bar-soft"), borderRadius: [3, 3, 0, 0] },
      },
      {
        type: "line",
        name: "in all",
        data: lineOf(points, cut, now).map((point) => [...point]),
        showSymbol: false,
        // Within a block or a minute nothing is known of the course: a step says so.
        step: cut === "block" || cut === "minute" ? "end" : false,
        lineStyle: { color: accent, width: 2.5 },
        itemStyle: { color: accent },
        areaStyle: {
          color: {
            type: "linear", x: 0, y: 0, x2: 0, y2: 1,
            colorStops: [{ offset: 0, color: `${accent}38` }, { offset: 1, color: `${accent}00` }],
          },
        },
      },
    ],
  };
}

function tooltip(points: readonly Point[], shown: unknown): HTMLElement | string {
  const [first] = shown as readonly { readonly axisValue: number }[];
  if (first === undefined) return "";
  const nearest = points.reduce<Point | undefined>(
    (best, point) =>
      best === undefined || Math.abs(point.time - first.axisValue) < Math.abs(best.time - first.axisValue) ? point : best,
    undefined,
  );
  if (nearest === undefined) return "";
  const box = document.createElement("div");
  box.className = "chart-tip";
  const lines: readonly string[] = [
    moment(new Date(nearest.time)),
    `${bytesToText(BigInt(nearest.until))} in all`,
    `${bytesToText(BigInt(nearest.saved))} from ${nearest.claims} ${nearest.claims === 1 ? "claim" : "claims"}`,
  ];
  for (const line of lines) box.appendChild(document.createElement("div")).textContent = line;
  return box;
}
