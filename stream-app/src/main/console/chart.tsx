import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { time } from "./format";
import type { ScorePoint } from "./types";

const COLOURS = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5"];
const HEIGHT = 220;
/** Past this, a score says no more than "far out"; it is drawn at the edge. */
const MOST_SCORE = 40;

interface Props {
  points: ScorePoint[];
  threshold: number;
}

/** Rows of uPlot: seconds, then one series an entity, then the threshold. */
const columns = (points: ScorePoint[], entities: string[], threshold: number) => {
  const ordered = [...points].sort((a, b) => a.at - b.at);
  const times = [...new Set(ordered.map((point) => point.at))];
  const row = new Map(times.map((at, index) => [at, index]));
  const series = entities.map(() => new Array<number | null>(times.length).fill(null));
  for (const point of ordered) {
    const target = series[entities.indexOf(point.entity)];
    const index = row.get(point.at);
    if (target !== undefined && index !== undefined) target[index] = Math.min(point.score, MOST_SCORE);
  }
  return [times.map((at) => at / 1000), ...series, times.map(() => threshold)] as uPlot.AlignedData;
};

const busiest = (points: ScorePoint[]): string[] => {
  const counts = new Map<string, number>();
  for (const point of points) counts.set(point.entity, (counts.get(point.entity) ?? 0) + 1);
  return [...counts.entries()]
    .sort((a, b) => b[1] - a[1])
    .slice(0, COLOURS.length)
    .map(([entity]) => entity)
    .sort();
};

/** Scores over the last minutes, one line an entity, with the threshold of the alert budget. */
export const ScoreChart = ({ points, threshold }: Props) => {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const entities = busiest(points);
  const key = entities.join("\n");

  useEffect(() => {
    const element = host.current;
    if (element === null || entities.length === 0) return;
    const draw = () => {
      plot.current?.destroy();
      const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const axis = { stroke: token("--muted"), grid: { stroke: token("--line"), width: 1 }, ticks: { show: false } };
      plot.current = new uPlot(
        {
          width: element.clientWidth,
          height: HEIGHT,
          padding: [8, 12, 0, 0],
          cursor: { y: false },
          legend: { live: false },
          scales: { y: { range: (_, __, most) => [0, Math.max(10, Math.min(MOST_SCORE, most * 1.05))] } },
          axes: [
            { ...axis, space: 90, values: (_, ticks) => ticks.map((seconds) => time(seconds * 1000)) },
            { ...axis, size: 36 },
          ],
          series: [
            {},
            ...entities.map((label, index) => ({
              label,
              stroke: token(COLOURS[index] ?? "--series-1"),
              width: 1.25,
              points: { show: false },
              spanGaps: true,
            })),
            { label: "threshold", stroke: token("--critical"), dash: [6, 4], width: 1.25, points: { show: false } },
          ],
        },
        columns(points, entities, threshold),
        element,
      );
    };
    draw();
    const resize = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      resize.disconnect();
      scheme.removeEventListener("change", draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [key]);

  useEffect(() => {
    plot.current?.setData(columns(points, entities, threshold));
  }, [points, threshold, key]);

  return (
    <section class="card">
      <h2>
        Scores <small>highest per entity and quarter second; −ln of the p-value, so 4.6 is one normal record in a hundred</small>
      </h2>
      {entities.length === 0 ? <p class="empty">No record has been scored yet.</p> : <div ref={host} class="chart" />}
    </section>
  );
};
