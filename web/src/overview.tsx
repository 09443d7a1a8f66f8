import type { ChartConfiguration, ChartDataset } from "chart.js";
import { useMemo, useState } from "preact/hooks";
import { drawn, Figure, Frame, rangeOf, windowed, zoomOptions } from "./charts";
import {
    type ChroniclePageData,
    type Course,
    courseOf,
    type PageData,
    type SeriesData,
    type StepEvent,
    stretches,
} from "./data";
import { change, count, short, visible } from "./format";
import { adjustRoute, currentRoute, go } from "./route";
import { decimate, quantile } from "./shapes";
import { colour } from "./theme";

interface Props {
    page: ChroniclePageData;
    prefix: string;
}

function label(series: SeriesData, prefix: string, most = 44): string {
    const text = visible(`${series.label.slice(prefix.length)} ${series.metric}`);
    return text.length > most ? `${text.slice(0, most / 2 - 1)}…${text.slice(-most / 2)}` : text;
}

/** Steps for the worse and for the better, week by week. */
export function WeeksChart({ page }: { page: ChroniclePageData }) {
    const worse = page.weeks.map((week) => week.worse);
    const better = page.weeks.map((week) => week.better);
    const total = (all: number[]) => all.reduce((sum, value) => sum + value, 0);
    const config = (): ChartConfiguration<"bar", number[]> => ({
        type: "bar",
        data: {
            labels: page.weeks.map((week) => week.monday),
            datasets: [
                { label: "worse", data: worse, backgroundColor: colour("regressed"), stack: "steps" },
                {
                    label: "better",
                    data: better.map((value) => -value),
                    backgroundColor: colour("improved"),
                    stack: "steps",
                },
            ],
        },
        options: {
            scales: {
                x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkip: true, maxTicksLimit: 7 } },
                y: { ticks: { precision: 0, maxTicksLimit: 6, callback: (value) => count(Math.abs(Number(value))) } },
            },
            plugins: {
                legend: { position: "top", align: "start", labels: { boxWidth: 10, boxHeight: 10 } },
                tooltip: {
                    callbacks: {
                        title: (items) => `Week of ${items[0]?.label ?? ""}`,
                        label: (item) => `${Math.abs(Number(item.raw))} ${item.dataset.label ?? ""}`,
                    },
                },
            },
        },
    });
    return (
        <Figure
            title="Steps per week"
            alt={`${page.weeks.length} weeks, ${total(worse)} steps for the worse, ${total(better)} for the better`}
            file="steps-per-week"
            height={240}
            depends={[page]}
            config={config}
            table={{
                head: ["week of", "worse", "better"],
                rows: () => page.weeks.map((week) => [week.monday, week.worse, week.better]),
            }}
        />
    );
}

/** How the series stand, and how severe the steps for the worse were. */
export function PieChart({ page }: { page: ChroniclePageData }) {
    const severities = (["CRITICAL", "MAJOR", "MINOR"] as const).map(
        (severity) => page.events.filter((event) => event.severity === severity).length,
    );
    const names = ["critical", "major", "minor"];
    const any = severities.some((value) => value > 0);
    const parts = any ? severities : [page.counts.WORSE, page.counts.BETTER, page.counts.LEVEL, page.counts.UNKNOWN];
    const labels = any ? names : ["worse", "better", "level", "too short"];
    const config = (): ChartConfiguration<"doughnut", number[]> => ({
        type: "doughnut",
        data: {
            labels: labels.map((name, place) => `${name} (${parts[place]})`),
            datasets: [
                {
                    data: parts,
                    backgroundColor: any
                        ? [colour("regressed"), colour("major"), colour("minor")]
                        : [colour("regressed"), colour("improved"), colour("base"), colour("line")],
                    borderColor: colour("surface"),
                    borderWidth: 2,
                },
            ],
        },
        options: {
            cutout: "62%",
            plugins: { legend: { position: "right", labels: { boxWidth: 12, boxHeight: 12 } } },
        },
    });
    return (
        <Figure
            title={any ? "Severity of the steps for the worse" : "How the series stand"}
            alt={labels.map((name, place) => `${parts[place]} ${name}`).join(", ")}
            file="severity"
            height={240}
            depends={[page]}
            config={config}
            table={{ head: ["what", "count"], rows: () => labels.map((name, place) => [name, parts[place] ?? 0]) }}
        />
    );
}

/** Every series by its noise and its change: what stands out, and what could not be seen. */
export function ScatterChart({ page, prefix }: Props) {
    const points = useMemo(
        () =>
            page.series
                .map((series, place) => ({ series, place }))
                .filter(({ series }) => series.trend?.noise !== undefined && series.trend.change !== undefined)
                .map(({ series, place }) => ({
                    x: 100 * Math.max(series.trend?.noise ?? 0, 0.0001),
                    y: 100 * (series.trend?.change ?? 0),
                    place,
                })),
        [page],
    );
    const tones = () =>
        points.map(({ place }) => {
            const standing = page.series[place]?.trend?.standing;
            return colour(standing === "WORSE" ? "regressed" : standing === "BETTER" ? "improved" : "series");
        });
    const config = (): ChartConfiguration<"scatter", { x: number; y: number }[]> => ({
        type: "scatter",
        data: {
            datasets: [
                {
                    data: points,
                    backgroundColor: tones().map((tone) => `${tone}b0`),
                    borderColor: tones(),
                    pointRadius: points.length > 400 ? 2.5 : 4,
                    pointStyle: points.map(({ place }) => {
                        const standing = page.series[place]?.trend?.standing;
                        return standing === "WORSE" ? "triangle" : standing === "BETTER" ? "rectRot" : "circle";
                    }),
                },
            ],
        },
        options: {
            onClick: (_, hits) => {
                const point = points[hits[0]?.index ?? -1];
                const series = point && page.series[point.place];
                if (series) {
                    go({ s: series.id });
                }
            },
            scales: {
                x: {
                    type: "logarithmic",
                    title: { display: true, text: "noise from run to run (%)" },
                    ticks: {
                        maxTicksLimit: 7,
                        maxRotation: 0,
                        autoSkipPadding: 24,
                        callback: (value) => String(Number(Number(value).toPrecision(2))),
                    },
                },
                y: { title: { display: true, text: "change in the period (%)" } },
            },
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        label: (item) => {
                            const series = page.series[points[item.dataIndex]?.place ?? -1];
                            return series
                                ? [
                                      label(series, prefix, 70),
                                      `${series.trend?.text}, noise ${series.trend?.noiseText} (${series.trend?.noiseRange})`,
                                  ]
                                : "";
                        },
                    },
                },
            },
        },
    });
    return (
        <Figure
            title="Change against noise"
            alt={`${points.length} series; ${page.counts.WORSE} worse, ${page.counts.BETTER} better`}
            file="change-against-noise"
            height={320}
            depends={[page]}
            config={config}
            table={{
                head: ["benchmark", "metric", "noise (%)", "95 % interval", "change (%)", "95 % interval"],
                rows: () =>
                    points.map(({ x, y, place }) => [
                        page.series[place]?.label ?? "",
                        page.series[place]?.metric ?? "",
                        Number(x.toPrecision(3)),
                        page.series[place]?.trend?.noiseRange ?? "",
                        Number(y.toPrecision(4)),
                        page.series[place]?.trend?.interval ?? "",
                    ]),
            }}
        />
    );
}

/** The series that moved most, or, where none moved, the noisiest ones. */
function liveliest(page: ChroniclePageData, most: number): number[] {
    const moved = page.series.map((series, place) => ({
        place,
        moved: Math.max(Math.abs(series.trend?.change ?? 0), series.trend?.debt ?? 0),
        noise: series.trend?.noise ?? 0,
    }));
    moved.sort((one, other) => other.moved - one.moved || other.noise - one.noise || one.place - other.place);
    return moved.slice(0, most).map(({ place }) => place);
}

function inPeriod(series: SeriesData, course: Course): number {
    return Math.min(series.trend?.first ?? 0, course.values.length - 1);
}

/** The level at the beginning of the period, which every later value is told relative to. */
function reference(series: SeriesData, course: Course): number {
    const first = inPeriod(series, course);
    return stretches(course).find((stretch) => first < stretch.to)?.level ?? course.values[first] ?? Number.NaN;
}

const MOST_COLUMNS = 32;

/** Benchmark by time: how far each is from its level at the beginning of the period. */
export function HeatmapChart({ page, prefix }: Props) {
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
    const names = places.map((place, row) => `${row + 1}. ${label(page.series[place] as SeriesData, prefix, 34)}`);
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
                        callback: (value: number) => names[value] ?? "",
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
                            return cell ? [names[cell.row] ?? "", `${grid.days[cell.column]}: ${change(cell.v)}`] : "";
                        },
                    },
                },
            },
        },
    });
    return (
        <Figure
            title="Benchmark by time: distance from the level at the beginning"
            alt={`The ${places.length} series that moved most over ${grid.days.length} stretches of time; full colour from 20 % on`}
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

/** How far runs lie from their level, for the noisiest series. */
export function SpreadChart({ page, prefix }: Props) {
    const boxes = useMemo(() => {
        const noisy = page.series
            .map((series, place) => ({ series, place, noise: series.trend?.noise ?? -1 }))
            .filter(({ noise }) => noise > 0)
            .sort((one, other) => other.noise - one.noise || one.place - other.place)
            .slice(0, 12);
        return noisy.map(({ series }) => {
            const course = courseOf(series, page) as Course;
            const away: number[] = [];
            for (const stretch of stretches(course)) {
                for (let index = stretch.from; index < stretch.to; index++) {
                    const distance = 100 * ((course.values[index] as number) / stretch.level - 1);
                    if (Number.isFinite(distance)) {
                        away.push(distance);
                    }
                }
            }
            return { series, away: away.sort((one, other) => one - other) };
        });
    }, [page]);
    const config = () => ({
        type: "boxplot",
        data: {
            labels: boxes.map(({ series }) => label(series, prefix, 26)),
            datasets: [
                {
                    data: boxes.map(({ away }) => away),
                    backgroundColor: `${colour("accent")}33`,
                    borderColor: colour("accent"),
                    borderWidth: 1.25,
                    itemRadius: 0,
                    outlierRadius: 1.5,
                    outlierBackgroundColor: colour("accent"),
                    meanRadius: 0,
                },
            ],
        },
        options: {
            indexAxis: "y",
            scales: {
                x: { title: { display: true, text: "distance from the level (%)" } },
                y: { grid: { display: false }, ticks: { font: { size: 11 } } },
            },
            plugins: { legend: { display: false }, tooltip: { displayColors: false } },
        },
    });
    if (boxes.length === 0) {
        return null;
    }
    return (
        <Figure
            title="The noisiest series"
            alt={`Box plots of the distance from the level in per cent, ${boxes.length} series`}
            file="noisiest"
            height={320}
            depends={[page]}
            config={config}
            table={{
                head: ["benchmark", "smallest", "lower quartile", "median", "upper quartile", "largest"],
                rows: () =>
                    boxes.map(({ series, away }) => [
                        label(series, prefix, 200),
                        ...[0, 0.25, 0.5, 0.75, 1].map((share) => Number(quantile(away, share).toFixed(2))),
                    ]),
            }}
        />
    );
}

const LINES = ["accent", "regressed", "improved", "suspect", "series", "level"] as const;
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [12, 4]];

/** So many points of a line are drawn at once. */
const MOST_OF_A_LINE = 1000;

/** Nobody measures more often than once in an hour for long: a closer look shows nothing more. */
const HOUR = 3_600_000;

interface Line {
    series: SeriesData;
    times: number[];
    values: number[];
}

/** The first place whose time is not before the given one. */
function placeOf(times: readonly number[], time: number): number {
    let low = 0;
    let high = times.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((times[middle] as number) < time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** The course of several series over time: absolute or relative, linear or logarithmic. */
export function TrendsChart({ page, prefix }: Props) {
    const start = currentRoute();
    const [ids, setIds] = useState<string[]>(() => {
        const asked = (start["t"] ?? "").split(",").filter((id) => page.series.some((series) => series.id === id));
        return asked.length > 0 ? asked.slice(0, 6) : liveliest(page, 4).map((place) => page.series[place]?.id ?? "");
    });
    const [absolute, setAbsolute] = useState(start["mode"] === "absolute");
    const [log, setLog] = useState(start["scale"] === "log");
    const set = (next: string[]) => {
        setIds(next);
        adjustRoute({ t: next.join(",") });
    };
    const lines: Line[] = useMemo(
        () =>
            ids
                .flatMap((id) => page.series.filter((series) => series.id === id))
                .map((series) => {
                    const course = courseOf(series, page) as Course;
                    const base = reference(series, course);
                    const first = inPeriod(series, course);
                    const value = (raw: number) =>
                        absolute ? raw * course.packed.factor : log ? raw / base : 100 * (raw / base - 1);
                    return {
                        series,
                        times: course.runs.slice(first).map((run) => 1000 * (page.runs.seconds[run] ?? 0)),
                        values: course.values.slice(first).map(value),
                    };
                }),
        [page, ids.join(), absolute, log],
    );
    const whole = useMemo((): readonly [number, number] => {
        const ends = lines.flatMap(({ times }) => [times[0] ?? 0, times[times.length - 1] ?? 0]);
        const [low, high] = [Math.min(...ends), Math.max(...ends)];
        return low < high ? [low, high] : [low - HOUR, low + HOUR];
    }, [lines]);
    const positive = lines.every(({ values }) => values.every((value) => !(value <= 0)));
    const onLog = log && (positive || !absolute);
    const told = (value: number, significant: number) =>
        absolute
            ? String(Number(value.toPrecision(significant)))
            : log
              ? `×${Number(value.toPrecision(significant))}`
              : change(value / 100);
    const onZoom = (from: number, to: number) => adjustRoute({ from: from.toFixed(0), to: to.toFixed(0) });
    const config = (): ChartConfiguration<"line", { x: number; y: number }[]> => {
        const [from, to] = rangeOf(currentRoute(), whole);
        return {
            type: "line",
            data: {
                datasets: lines.map(({ series }, place) => ({
                    label: label(series, prefix, 60),
                    data: [],
                    borderColor: colour(LINES[place % LINES.length] as string),
                    backgroundColor: colour(LINES[place % LINES.length] as string),
                    borderDash: DASHES[place % DASHES.length] ?? [],
                    borderWidth: 1.5,
                    pointHoverRadius: 5,
                })),
            },
            plugins: [
                windowed((chart, low, high) => {
                    lines.forEach(({ times, values }, place) => {
                        const places = decimate(
                            values,
                            MOST_OF_A_LINE,
                            placeOf(times, low) - 1,
                            placeOf(times, high) + 2,
                        );
                        const line = chart.data.datasets[place] as ChartDataset<"line", { x: number; y: number }[]>;
                        line.data = places.map((index) => ({
                            x: times[index] as number,
                            y: values[index] as number,
                        }));
                        line.pointRadius = places.length > 100 ? 0 : 2;
                    });
                }),
            ],
            options: {
                parsing: false,
                normalized: true,
                interaction: { mode: "nearest", axis: "x", intersect: false },
                scales: {
                    x: {
                        type: "linear",
                        min: from,
                        max: to,
                        grid: { display: false },
                        ticks: {
                            maxTicksLimit: 8,
                            maxRotation: 0,
                            includeBounds: false,
                            callback: (value) => new Date(Number(value)).toISOString().slice(0, 10),
                        },
                    },
                    y: {
                        type: onLog ? "logarithmic" : "linear",
                        ticks: {
                            maxTicksLimit: 7,
                            callback: (value) =>
                                told(Number(value), 5) +
                                (absolute && lines.length === 1 ? (lines[0]?.series.course?.suffix ?? "") : ""),
                        },
                    },
                },
                plugins: {
                    legend: { position: "bottom", align: "start", labels: { boxWidth: 26, boxHeight: 2 } },
                    zoom: zoomOptions(whole, HOUR, onZoom),
                    tooltip: {
                        callbacks: {
                            title: (items) =>
                                items[0]
                                    ? new Date(Number(items[0].parsed.x)).toISOString().slice(0, 16).replace("T", " ")
                                    : "",
                            label: (item) => {
                                const unit = absolute ? (lines[item.datasetIndex]?.series.course?.suffix ?? "") : "";
                                return `${item.dataset.label}: ${told(Number(item.parsed.y), 4)}${unit}`;
                            },
                        },
                    },
                },
            },
        };
    };
    return (
        <Figure
            title={absolute ? "Trends" : "Trends, relative to the level at the beginning"}
            alt={lines.map(({ series }) => `${label(series, prefix, 60)} ${series.trend?.text ?? ""}`).join("; ")}
            file="trends"
            height={340}
            zoomable={whole}
            depends={[lines]}
            config={config}
            onZoom={onZoom}
            controls={
                <>
                    <label class="picker">
                        <span class="hidden">Add a series</span>
                        <select
                            class="tool"
                            value=""
                            onChange={(event) => {
                                const id = event.currentTarget.value;
                                if (id && !ids.includes(id)) {
                                    set([...ids, id].slice(-6));
                                }
                            }}
                        >
                            <option value="">Add a series…</option>
                            {page.series.map((series) => (
                                <option key={series.id} value={series.id}>
                                    {label(series, prefix, 70)}
                                </option>
                            ))}
                        </select>
                    </label>
                    <label class="picker">
                        <span class="hidden">Take a series away</span>
                        <select
                            class="tool"
                            value=""
                            disabled={ids.length <= 1}
                            onChange={(event) => {
                                const id = event.currentTarget.value;
                                if (id) {
                                    set(ids.filter((other) => other !== id));
                                }
                            }}
                        >
                            <option value="">Take away…</option>
                            {lines.map(({ series }) => (
                                <option key={series.id} value={series.id}>
                                    {label(series, prefix, 70)}
                                </option>
                            ))}
                        </select>
                    </label>
                    <button
                        type="button"
                        class="tool"
                        aria-pressed={!absolute}
                        onClick={() => {
                            adjustRoute({ mode: absolute ? "" : "absolute" });
                            setAbsolute(!absolute);
                        }}
                    >
                        Relative
                    </button>
                    <button
                        type="button"
                        class="tool"
                        aria-pressed={log}
                        onClick={() => {
                            adjustRoute({ scale: log ? "" : "log" });
                            setLog(!log);
                        }}
                    >
                        Log
                    </button>
                </>
            }
            table={{
                head: ["benchmark", "metric", "time", absolute ? "value" : log ? "factor" : "change (%)", "unit"],
                rows: () =>
                    lines.flatMap(({ series, times, values }) =>
                        values.map((value, place): (string | number)[] => [
                            series.label,
                            series.metric,
                            new Date(times[place] as number).toISOString().slice(0, 16),
                            Number(value.toPrecision(5)),
                            absolute ? (series.course?.suffix.trim() ?? "") : "",
                        ]),
                    ),
            }}
        />
    );
}

/** Every step in its time: how large, which way, how severe. */
export function TimelineChart({
    page,
    events,
    prefix,
}: {
    page: PageData;
    events: readonly StepEvent[];
    prefix: string;
}) {
    if (events.length === 0) {
        return null;
    }
    const most = 100;
    const at = (event: StepEvent) => ({
        x: 1000 * (page.runs.seconds[event.run] ?? 0),
        y: Math.max(-most, Math.min(most, 100 * event.change)),
    });
    const tint = (event: StepEvent) => colour(event.worse ? "regressed" : "improved");
    const since = page.page === "run" ? Number.NEGATIVE_INFINITY : page.sinceSeconds;
    const seconds = page.runs.seconds.filter((second) => second >= since);
    const from = 1000 * Math.min(...seconds);
    const to = 1000 * Math.max(...seconds);
    const room = (to - from) / 40 || HOUR;
    const config = (): ChartConfiguration<"scatter", { x: number; y: number }[]> => ({
        type: "scatter",
        data: {
            datasets: [
                {
                    data: events.map(at),
                    backgroundColor: events.map((event) => `${tint(event)}b0`),
                    borderColor: events.map(tint),
                    pointStyle: events.map((event) => (event.worse ? "triangle" : "rectRot")),
                    pointRadius: events.map((event) => (Math.abs(event.change) >= 0.1 ? 6 : 4)),
                    pointHoverRadius: 8,
                },
            ],
        },
        options: {
            onClick: (_, hits) => {
                const series = page.series[events[hits[0]?.index ?? -1]?.series ?? -1];
                if (series) {
                    go({ s: series.id });
                }
            },
            scales: {
                x: {
                    type: "linear",
                    min: from - room,
                    max: to + room,
                    grid: { display: false },
                    ticks: {
                        includeBounds: false,
                        maxTicksLimit: 8,
                        maxRotation: 0,
                        callback: (value) => new Date(Number(value)).toISOString().slice(0, 10),
                    },
                },
                y: {
                    grace: "10%",
                    suggestedMin: 0,
                    suggestedMax: 0,
                    title: { display: true, text: "change (%)" },
                    ticks: { maxTicksLimit: 7 },
                },
            },
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        label: (item) => {
                            const event = events[item.dataIndex];
                            const series = page.series[event?.series ?? -1];
                            return event && series
                                ? [
                                      label(series, prefix, 70),
                                      `${event.text}, ${event.interval}`,
                                      `${short(page.runs.commit[event.run] ?? "")} · ${page.runs.time[event.run] ?? ""}`,
                                  ]
                                : "";
                        },
                    },
                },
            },
        },
    });
    const worse = events.filter((event) => event.worse).length;
    const clamped = events.some((event) => Math.abs(event.change) > most / 100);
    return (
        <Figure
            title="Timeline of the steps"
            alt={`${worse} steps for the worse, ${events.length - worse} for the better`}
            file="timeline"
            height={260}
            depends={[page, events]}
            config={config}
            {...(clamped ? { note: `What is beyond ±${most} % is drawn there.` } : {})}
            table={{
                head: ["time", "commit", "benchmark", "metric", "change", "95 % interval", "direction"],
                rows: () =>
                    events.map((event) => [
                        page.runs.time[event.run] ?? "",
                        page.runs.commit[event.run] ?? "",
                        page.series[event.series]?.label ?? "",
                        page.series[event.series]?.metric ?? "",
                        event.text,
                        event.interval,
                        event.worse ? "worse" : "better",
                    ]),
            }}
        />
    );
}

interface Share {
    name: string;
    /** From 0 to 1; absent where nothing is known. */
    share?: number;
    words: string;
}

function toneOf(share: number | undefined): string {
    return share === undefined ? "neutral" : share < 0.7 ? "regressed" : share < 0.9 ? "suspect" : "improved";
}

function Gauge({ name, share, words }: Share) {
    const length = Math.PI * 50;
    return (
        <li class="gauge">
            <svg viewBox="0 0 120 70" width="130" height="76" role="img" aria-label={`${name}: ${words}`}>
                <path d="M10 62a50 50 0 0 1 100 0" />
                <path
                    class={`value ${toneOf(share)}`}
                    d="M10 62a50 50 0 0 1 100 0"
                    stroke-dasharray={`${((share ?? 0) * length).toFixed(1)} ${length.toFixed(1)}`}
                />
                <text x="60" y="58">
                    {share === undefined ? "–" : `${Math.floor(100 * share)} %`}
                </text>
            </svg>
            <b>
                <bdi>{visible(name)}</bdi>
            </b>
            <div class="muted">{words}</div>
        </li>
    );
}

/** The same gauges as a picture. */
function drawGauges(shares: readonly Share[]): HTMLCanvasElement {
    const [width, height] = [180, 140];
    const columns = Math.min(5, shares.length);
    return drawn(width * columns, height * Math.ceil(shares.length / columns), (context) => {
        context.textAlign = "center";
        shares.forEach(({ name, share, words }, place) => {
            const x = (place % columns) * width + width / 2;
            const y = Math.floor(place / columns) * height + 78;
            context.lineWidth = 13;
            context.strokeStyle = colour("neutral-soft");
            context.beginPath();
            context.arc(x, y, 58, Math.PI, 2 * Math.PI);
            context.stroke();
            context.strokeStyle = colour(toneOf(share));
            context.beginPath();
            context.arc(x, y, 58, Math.PI, Math.PI * (1 + (share ?? 0)));
            context.stroke();
            context.fillStyle = colour("text");
            context.fillText(share === undefined ? "–" : `${Math.floor(100 * share)} %`, x, y - 4);
            context.fillText(visible(name), x, y + 20, width - 10);
            context.fillStyle = colour("muted");
            context.fillText(words, x, y + 38, width - 10);
        });
    });
}

interface GaugesProps {
    title: string;
    note: string;
    file: string;
    shares: readonly Share[];
}

function Gauges({ title, note, file, shares }: GaugesProps) {
    return (
        <Frame
            title={title}
            note={note}
            file={file}
            picture={() => drawGauges(shares)}
            table={{
                head: ["suite", "share (%)", "what"],
                rows: () =>
                    shares.map(({ name, share, words }) => [
                        name,
                        share === undefined ? "" : Number((100 * share).toFixed(1)),
                        words,
                    ]),
            }}
        >
            <ul class="gauges">
                {shares.map((share) => (
                    <Gauge key={share.name} {...share} />
                ))}
            </ul>
        </Frame>
    );
}

/** So many suites have gauges of their own; the others share the last one. */
const MOST_SUITES = 11;

function suitesOf(page: ChroniclePageData, prefix: string): [string, SeriesData[]][] {
    const all = new Map<string, SeriesData[]>();
    for (const series of page.series) {
        const rest = (series.name ?? series.label).slice(prefix.length);
        const suite = (rest.split(/[./ {]/)[0] || "all").slice(0, 40);
        const known = all.get(suite);
        if (known) {
            known.push(series);
        } else {
            all.set(suite, [series]);
        }
    }
    const suites = [...all].sort((one, other) => other[1].length - one[1].length);
    if (suites.length <= MOST_SUITES + 1) {
        return suites;
    }
    const others = suites.slice(MOST_SUITES);
    return [...suites.slice(0, MOST_SUITES), [`${others.length} others`, others.flatMap(([, series]) => series)]];
}

/** A share of those of which anything is known, and how many are left out because nothing is. */
function shareOf(name: string, good: number, known: number, all: number, words: string): Share {
    const young = all - known;
    const said = `${good} of ${known} ${words}${young > 0 ? `, ${young} too young to tell` : ""}`;
    return known === 0 ? { name, words: `${all} too young to tell` } : { name, share: good / known, words: said };
}

/** For each suite: how many of its series are at their best level. */
export function HealthGauges({ page, prefix }: Props) {
    const shares = useMemo(
        () =>
            suitesOf(page, prefix).map(([suite, all]) => {
                const known = all.filter((series) => (series.trend?.standing ?? "UNKNOWN") !== "UNKNOWN");
                const best = known.filter((series) => !series.trend?.debtText).length;
                return shareOf(suite, best, known.length, all.length, "at their best");
            }),
        [page, prefix],
    );
    return (
        <Gauges
            title="Health"
            note="For each suite, the share of series that are not behind their best level of the period."
            file="health"
            shares={shares}
        />
    );
}

/** Runs that differ by no more than this let a small change be seen. */
const QUIET = 0.02;

/** For each suite: how many of its series are quiet enough to see a small change. */
export function StabilityGauges({ page, prefix }: Props) {
    const shares = useMemo(
        () =>
            suitesOf(page, prefix).map(([suite, all]) => {
                const noises = all.map((series) => series.trend?.noise).filter((noise) => noise !== undefined);
                const quiet = noises.filter((noise) => noise <= QUIET).length;
                return shareOf(suite, quiet, noises.length, all.length, "are quiet");
            }),
        [page, prefix],
    );
    return (
        <Gauges
            title="Stability"
            note={`For each suite, the share of series whose runs differ by no more than ${100 * QUIET} %.`}
            file="stability"
            shares={shares}
        />
    );
}
