import type { ChartConfiguration } from "chart.js";
import { useMemo, useState } from "preact/hooks";
import { Figure, zoomOptions } from "./charts";
import { type ChroniclePageData, type Course, courseOf, type SeriesData, stretches } from "./data";
import { change, count, visible } from "./format";
import { adjustRoute, hrefTo, readRoute } from "./route";
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
                y: { ticks: { precision: 0, callback: (value) => count(Math.abs(Number(value))) } },
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
                        ? [colour("regressed"), colour("suspect"), colour("base")]
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
                    location.hash = hrefTo({ s: series.id });
                }
            },
            scales: {
                x: {
                    type: "logarithmic",
                    title: { display: true, text: "noise from run to run (%)" },
                    ticks: { maxTicksLimit: 7, callback: (value) => String(Number(Number(value).toPrecision(2))) },
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
                                ? [label(series, prefix, 70), `${series.trend?.text}, noise ${series.trend?.noiseText}`]
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
                head: ["benchmark", "metric", "noise (%)", "change (%)"],
                rows: () =>
                    points.map(({ x, y, place }) => [
                        page.series[place]?.label ?? "",
                        page.series[place]?.metric ?? "",
                        Number(x.toPrecision(3)),
                        Number(y.toPrecision(4)),
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
                    location.hash = hrefTo({ s: series.id });
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

/** The course of several series over time: absolute or relative, linear or logarithmic. */
export function TrendsChart({ page, prefix }: Props) {
    const start = readRoute(location.hash);
    const [ids, setIds] = useState<string[]>(() => {
        const asked = (start["t"] ?? "").split(",").filter((id) => page.series.some((series) => series.id === id));
        return asked.length > 0 ? asked.slice(0, 6) : liveliest(page, 4).map((place) => page.series[place]?.id ?? "");
    });
    const [absolute, setAbsolute] = useState(start["mode"] === "absolute");
    const [log, setLog] = useState(start["scale"] === "log");
    const shown = ids.flatMap((id) => page.series.filter((series) => series.id === id));
    const set = (next: string[]) => {
        setIds(next);
        adjustRoute({ t: next.join(",") });
    };
    const lines = () =>
        shown.map((series) => {
            const course = courseOf(series, page) as Course;
            const base = reference(series, course);
            const first = inPeriod(series, course);
            const values = course.values.slice(first);
            return decimate(values, 1200).map((index) => ({
                x: 1000 * (page.runs.seconds[course.runs[first + index] ?? -1] ?? 0),
                y: absolute
                    ? (values[index] as number) * course.packed.factor
                    : ((values[index] as number) / base) * (log ? 1 : 100) - (log ? 0 : 100),
            }));
        });
    const onZoom = (from: number, to: number) => adjustRoute({ from: from.toFixed(0), to: to.toFixed(0) });
    const config = (): ChartConfiguration<"line", { x: number; y: number }[]> => {
        const all = lines();
        const times = all.flat().map(({ x }) => x);
        const from = Number(start["from"] ?? Number.NaN);
        const to = Number(start["to"] ?? Number.NaN);
        return {
            type: "line",
            data: {
                datasets: shown.map((series, place) => ({
                    label: label(series, prefix, 60),
                    data: all[place] ?? [],
                    borderColor: colour(LINES[place % LINES.length] as string),
                    backgroundColor: colour(LINES[place % LINES.length] as string),
                    borderDash: DASHES[place % DASHES.length] ?? [],
                    borderWidth: 1.5,
                    pointRadius: (all[place]?.length ?? 0) > 150 ? 0 : 2,
                    pointHoverRadius: 5,
                })),
            },
            options: {
                parsing: false,
                normalized: true,
                interaction: { mode: "nearest", axis: "x", intersect: false },
                scales: {
                    x: {
                        type: "linear",
                        min: Number.isFinite(from) ? from : Math.min(...times),
                        max: Number.isFinite(to) ? to : Math.max(...times),
                        grid: { display: false },
                        ticks: {
                            maxTicksLimit: 8,
                            maxRotation: 0,
                            includeBounds: false,
                            callback: (value) => new Date(Number(value)).toISOString().slice(0, 10),
                        },
                    },
                    y: {
                        type: log ? "logarithmic" : "linear",
                        ticks: {
                            maxTicksLimit: 7,
                            callback: (value) =>
                                absolute
                                    ? `${Number(Number(value).toPrecision(5))}${shown.length === 1 ? (shown[0]?.course?.suffix ?? "") : ""}`
                                    : log
                                      ? `×${Number(Number(value).toPrecision(3))}`
                                      : change(Number(value) / 100),
                        },
                    },
                },
                plugins: {
                    legend: { position: "bottom", align: "start", labels: { boxWidth: 26, boxHeight: 2 } },
                    zoom: zoomOptions(onZoom),
                    tooltip: {
                        callbacks: {
                            title: (items) =>
                                items[0]
                                    ? new Date(Number(items[0].parsed.x)).toISOString().slice(0, 16).replace("T", " ")
                                    : "",
                            label: (item) =>
                                `${item.dataset.label}: ${absolute ? Number(Number(item.parsed.y).toPrecision(5)) : log ? `×${Number(Number(item.parsed.y).toPrecision(4))}` : change(Number(item.parsed.y) / 100)}`,
                        },
                    },
                },
            },
        };
    };
    return (
        <Figure
            title={absolute ? "Trends" : "Trends, relative to the level at the beginning"}
            alt={shown.map((series) => `${label(series, prefix, 60)} ${series.trend?.text ?? ""}`).join("; ")}
            file="trends"
            height={340}
            zoomable
            depends={[page, ids.join(), absolute, log]}
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
                    <button type="button" class="tool" disabled={ids.length <= 1} onClick={() => set(ids.slice(1))}>
                        Drop first
                    </button>
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
                head: ["benchmark", "time", absolute ? "value" : log ? "factor" : "change (%)"],
                rows: () =>
                    lines().flatMap((line, place) =>
                        line.map(({ x, y }): (string | number)[] => [
                            label(shown[place] as SeriesData, prefix, 200),
                            new Date(x).toISOString().slice(0, 16),
                            Number(y.toPrecision(5)),
                        ]),
                    ),
            }}
        />
    );
}

function Gauge({ name, share, words }: { name: string; share: number; words: string }) {
    const length = Math.PI * 50;
    const tone = share < 0.7 ? "low" : share < 0.9 ? "middle" : "";
    return (
        <div class="gauge">
            <svg viewBox="0 0 120 70" width="130" height="76" role="img" aria-label={`${name}: ${words}`}>
                <path d="M10 62a50 50 0 0 1 100 0" />
                <path
                    class={`value ${tone}`}
                    d="M10 62a50 50 0 0 1 100 0"
                    stroke-dasharray={`${(share * length).toFixed(1)} ${length.toFixed(1)}`}
                />
                <text x="60" y="58">
                    {Math.round(100 * share)} %
                </text>
            </svg>
            <b>
                <bdi>{visible(name)}</bdi>
            </b>
            <div class="muted">{words}</div>
        </div>
    );
}

/** For each suite: how many of its series are at their best level, and how many are quiet enough to see the margin. */
export function GaugesPanel({ page, prefix }: Props) {
    const suites = useMemo(() => {
        const all = new Map<string, SeriesData[]>();
        for (const series of page.series) {
            const rest = (series.name ?? series.label).slice(prefix.length);
            const suite = rest.split(/[./ {]/)[0] || "all";
            all.set(suite, [...(all.get(suite) ?? []), series]);
        }
        return [...all].sort((one, other) => other[1].length - one[1].length).slice(0, 8);
    }, [page, prefix]);
    const quiet = page.series.filter((series) => (series.trend?.noise ?? 1) <= 0.02).length;
    const known = page.series.filter((series) => series.trend?.noise !== undefined).length;
    return (
        <section class="panel">
            <h2>Health</h2>
            <p class="muted note">
                The share of series that are not behind their best level of the period, for each suite; and the share
                whose runs differ by no more than 2 %.
            </p>
            <div class="gauges">
                {suites.map(([suite, all]) => {
                    const healthy = all.filter((series) => !series.trend?.debtText).length;
                    return (
                        <Gauge
                            key={suite}
                            name={suite.slice(0, 40)}
                            share={healthy / all.length}
                            words={`${healthy} of ${all.length} at their best`}
                        />
                    );
                })}
                {known > 0 && <Gauge name="Stability" share={quiet / known} words={`${quiet} of ${known} are quiet`} />}
            </div>
        </section>
    );
}
