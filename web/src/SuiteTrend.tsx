import type { ChartConfiguration } from "chart.js";
import { useMemo } from "preact/hooks";
import { Figure } from "./charts";
import { inOrder, inPeriod, reference } from "./chronicle";
import { type ChroniclePageData, courseOf, type SeriesData, stretches } from "./data";
import { axisTime } from "./format";
import { colour } from "./theme";

interface Spot {
    x: number;
    y: number;
}

/** The name of each of the page's benchmarks, the same in all its environments. */
function namesOf(page: ChroniclePageData): string[] {
    return page.benchmarks.map(({ series }) => {
        const first = page.series[series[0] ?? -1];
        return JSON.stringify([first?.label, first?.branch]);
    });
}

/** The benchmarks that were worse and better than at the beginning, at each run of the period, by confirmed levels. */
function countsOf(page: ChroniclePageData, margin: number): { worse: Spot[]; better: Spot[] } {
    const changes: { time: number; series: number; standing: number }[] = [];
    page.benchmarks.forEach(({ series: places }, benchmark) => {
        const series = page.series[places[0] ?? -1] as SeriesData | undefined;
        const course = series && courseOf(series, page);
        if (!series || !course || series.trend?.standing === "UNKNOWN") {
            return;
        }
        const base = reference(series, course);
        const first = inPeriod(series, course);
        const times = inOrder(course.runs.map((run) => 1000 * (page.runs.seconds[run] ?? 0)));
        for (const { from, to, level } of stretches(course)) {
            if (to > first) {
                const change = (level / base - 1) * (series.higher ? -1 : 1);
                const standing = change >= margin ? 1 : change <= -margin ? -1 : 0;
                changes.push({ time: times[Math.max(from, first)] ?? 0, series: benchmark, standing });
            }
        }
    });
    changes.sort((one, other) => one.time - other.time);
    const standings = new Map<number, number>();
    const spots = { worse: [] as Spot[], better: [] as Spot[] };
    // a benchmark of several environments counts as the worst of them
    const names = namesOf(page);
    const count = (standing: number) => {
        const worst = new Map<string, number>();
        for (const [series, one] of standings) {
            const name = names[series] ?? "";
            worst.set(name, Math.max(worst.get(name) ?? 0, one) || Math.min(worst.get(name) ?? 0, one));
        }
        return [...worst.values()].filter((one) => one === standing).length;
    };
    changes.forEach(({ time, series, standing }, place) => {
        standings.set(series, standing);
        if (changes[place + 1]?.time !== time) {
            spots.worse.push({ x: time, y: count(1) });
            spots.better.push({ x: time, y: count(-1) });
        }
    });
    const end = 1000 * (page.runs.seconds[page.newest ?? -1] ?? 0);
    for (const line of [spots.worse, spots.better]) {
        const last = line[line.length - 1];
        if (last && end > last.x) {
            line.push({ x: end, y: last.y });
        }
    }
    return spots;
}

/** How many benchmarks of the suite were worse and better than at the beginning of the period, over time. */
export function SuiteTrend({ page }: { page: ChroniclePageData }) {
    const margin = Number.parseFloat(page.margin) / 100 || 0.02;
    const { worse, better } = useMemo(() => countsOf(page, margin), [page, margin]);
    const all = new Set(namesOf(page)).size;
    const last = (line: readonly Spot[]) => line[line.length - 1]?.y ?? 0;
    const times = worse.map(({ x }) => x);
    const [from, to] = [Math.min(...times), Math.max(...times)];
    if (!(from < to) || [...worse, ...better].every(({ y }) => y === 0)) {
        return null;
    }
    const line = (label: string, data: Spot[], tone: string) => ({
        label,
        data,
        stepped: "before" as const,
        borderColor: colour(tone),
        backgroundColor: `${colour(tone)}22`,
        fill: "origin",
        borderWidth: 2,
        pointRadius: 0,
        pointHitRadius: 8,
    });
    const config = (): ChartConfiguration<"line", Spot[]> => ({
        type: "line",
        data: { datasets: [line("worse", worse, "regressed"), line("better", better, "improved")] },
        options: {
            parsing: false,
            scales: {
                x: {
                    type: "linear",
                    min: from,
                    max: to,
                    grid: { display: false },
                    ticks: {
                        maxTicksLimit: 6,
                        maxRotation: 0,
                        includeBounds: false,
                        callback: (value) => axisTime(Number(value), to - from),
                    },
                },
                y: {
                    min: 0,
                    suggestedMax: 4,
                    title: { display: true, text: "benchmarks" },
                    ticks: { precision: 0, maxTicksLimit: 6 },
                },
            },
            plugins: {
                legend: { position: "top", align: "start", labels: { boxWidth: 10, boxHeight: 10 } },
                tooltip: { callbacks: { title: (items) => axisTime(Number(items[0]?.parsed.x), to - from) } },
            },
        },
    });
    return (
        <Figure
            title="The suite over time"
            note={`How many of ${all} benchmarks were worse or better than at the beginning of the period, by ${page.margin} or more.`}
            alt={`${last(worse)} of ${all} benchmarks are worse, ${last(better)} better`}
            file="suite-over-time"
            height={220}
            depends={[page]}
            config={config}
            table={{
                head: ["time", "worse", "better"],
                rows: () =>
                    worse.map(({ x, y }, place) => [new Date(x).toISOString().slice(0, 16), y, better[place]?.y ?? 0]),
            }}
        />
    );
}
