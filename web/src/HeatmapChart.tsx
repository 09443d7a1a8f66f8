import type { Chart } from "chart.js";
import { useMemo } from "preact/hooks";
import { besideChart, Figure } from "./charts";
import { type ChronicleProps, chartNames, inPeriod, liveliest, reference } from "./chronicle";
import { courseOf, type SeriesData } from "./data";
import { change } from "./format";
import { go } from "./route";
import { colour } from "./theme";

const MOST_COLUMNS = 32;

/** What the number before a name takes of its room, as a width of the chart. */
const NUMBER_WIDTH = 60;

/** Benchmark by time: how far each is from its level at the beginning of the period. */
export function HeatmapChart({ page, prefix }: ChronicleProps) {
    const places = useMemo(() => liveliest(page, 28), [page]);
    const grid = useMemo(() => {
        const seconds = page.runs.seconds.filter((second) => second >= page.sinceSeconds);
        const from = Math.min(...seconds);
        const to = Math.max(...seconds);
        const columns = Math.max(
            1,
            Math.min(MOST_COLUMNS, new Set(seconds.map((second) => Math.floor(second / 86400))).size),
        );
        const width = (to - from) / columns || 1;
        const cells: { column: number; row: number; v: number }[] = [];
        places.forEach((place, row) => {
            const series = page.series[place];
            const course = series && courseOf(series, page);
            if (!series || !course) {
                return;
            }
            const base = reference(series, course);
            const sums = new Map<number, { sum: number; count: number }>();
            for (let index = inPeriod(series, course); index < course.values.length; index++) {
                const second = page.runs.seconds[course.runs[index] ?? -1] ?? from;
                const column = Math.max(0, Math.min(columns - 1, Math.floor((second - from) / width)));
                const cell = sums.get(column) ?? { sum: 0, count: 0 };
                cell.sum += (course.values[index] as number) / base - 1;
                cell.count++;
                sums.set(column, cell);
            }
            for (const [column, { sum, count: number }] of sums) {
                cells.push({ column, row, v: sum / number });
            }
        });
        const days = Array.from({ length: columns }, (_, column) =>
            new Date((from + (column + 0.5) * width) * 1000).toISOString().slice(0, 10),
        );
        return { cells: cells.filter((cell) => Number.isFinite(cell.v)), days };
    }, [page, places]);
    const { names: bare, caption } = chartNames(
        places.map((place) => page.series[place] as SeriesData),
        prefix,
    );
    const names = bare.map((name, row) => `${row + 1}. ${name}`);
    const tint = (cell: { row: number; v: number }) => {
        const worse = page.series[places[cell.row] ?? -1]?.higher ? cell.v < 0 : cell.v > 0;
        const share = Math.min(1, Math.abs(cell.v) / 0.2);
        const strength = Math.round(255 * (share < 0.05 ? 0.06 : 0.15 + 0.85 * share))
            .toString(16)
            .padStart(2, "0");
        return `${colour(share < 0.05 ? "series" : worse ? "regressed" : "improved")}${strength}`;
    };
    const config = () => ({
        type: "matrix",
        data: {
            datasets: [
                {
                    data: grid.cells.map((cell) => ({ x: cell.column, y: cell.row, v: cell.v })),
                    backgroundColor: grid.cells.map(tint),
                    width: ({ chart }: { chart: { chartArea?: { width: number } } }) =>
                        Math.max(2, (chart.chartArea?.width ?? 0) / grid.days.length - 1.5),
                    height: ({ chart }: { chart: { chartArea?: { height: number } } }) =>
                        Math.max(2, (chart.chartArea?.height ?? 0) / names.length - 1.5),
                },
            ],
        },
        options: {
            onClick: (_: unknown, hits: { index: number }[]) => {
                const series = page.series[places[grid.cells[hits[0]?.index ?? -1]?.row ?? -1] ?? -1];
                if (series) {
                    go({ s: series.id });
                }
            },
            scales: {
                x: {
                    type: "linear",
                    offset: false,
                    min: -0.5,
                    max: grid.days.length - 0.5,
                    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
                        axis.ticks = grid.days.map((_, value) => ({ value }));
                    },
                    grid: { display: false },
                    ticks: {
                        maxTicksLimit: 8,
                        maxRotation: 0,
                        autoSkipPadding: 24,
                        callback: (value: number) => grid.days[value] ?? "",
                    },
                },
                y: {
                    type: "linear",
                    offset: false,
                    min: -0.5,
                    max: names.length - 0.5,
                    reverse: true,
                    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
                        axis.ticks = names.map((_, value) => ({ value }));
                    },
                    grid: { display: false },
                    ticks: {
                        autoSkip: false,
                        font: { size: 11 },
                        callback(this: { chart: Chart }, value: number) {
                            const cut = besideChart(bare, this.chart.width - NUMBER_WIDTH, 32)[value];
                            return cut === undefined ? "" : `${value + 1}. ${cut}`;
                        },
                    },
                },
            },
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        title: () => "",
                        label: (item: { dataIndex: number }) => {
                            const cell = grid.cells[item.dataIndex];
                            return cell
                                ? [(names[cell.row] ?? "").slice(0, 90), `${grid.days[cell.column]}: ${change(cell.v)}`]
                                : "";
                        },
                    },
                },
            },
        },
    });
    return (
        <Figure
            title="Benchmark by time: change since the start of the period"
            alt={`The ${places.length} series that moved most over ${grid.days.length} stretches of time; full colour from 20 % on`}
            note={caption}
            file="heatmap"
            height={Math.max(120, 20 * names.length + 50)}
            depends={[page]}
            config={config}
            table={{
                head: ["benchmark", ...grid.days],
                rows: () =>
                    names.map((name, row) => [
                        name,
                        ...grid.days.map((_, column) => {
                            const cell = grid.cells.find((one) => one.row === row && one.column === column);
                            return cell ? change(cell.v) : "";
                        }),
                    ]),
            }}
        />
    );
}
