import { Chart, type ChartConfiguration, type ChartDataset } from "chart.js";
import { useMemo, useState } from "preact/hooks";
import { Figure, rangeOf, windowed, zoomOptions } from "./charts";
import {
    type ChronicleProps,
    chartNames,
    HOUR,
    inOrder,
    inPeriod,
    judged,
    liveliest,
    reference,
    regressedSeries,
    seriesLabel,
} from "./chronicle";
import { type ChroniclePageData, type Course, courseOf, type SeriesData } from "./data";
import { axisTime, change, count, rounded, visible } from "./format";
import { cutApart } from "./names";
import { adjustRoute, currentRoute } from "./route";
import { decimate } from "./shapes";
import { colour } from "./theme";

const LINES = ["accent", "regressed", "improved", "suspect", "series", "level"] as const;
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [12, 4]];

/** So many lines can be told apart. */
const MOST_LINES = LINES.length;

/** So many of more series are drawn at first. */
const LIVELIEST = 4;

/** So many points of a line are drawn at once. */
const MOST_OF_A_LINE = 1000;

/** From this multiple of its first level on, up or down, a course is drawn on a logarithmic axis. */
const WILD = 10;

interface Line {
    series: SeriesData;
    times: number[];
    values: number[];
}

/** Of each incident that is still there its largest series; where none is, the liveliest. */
function oneOfEach(page: ChroniclePageData, most: number): number[] {
    const worse = regressedSeries(page);
    const incidentOf = (place: number) =>
        (page.incidents ?? []).find(({ members }) => members.some(({ series }) => series === place));
    const shown = new Set<string>();
    const largest = liveliest(page, page.series.length).filter((place) => {
        const id = incidentOf(place)?.id ?? `series ${place}`;
        const isNew = worse.includes(place) && !shown.has(id);
        shown.add(id);
        return isNew;
    });
    return (largest.length > 0 ? largest : liveliest(page, most)).slice(0, most);
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

/** Nothing is drawn below the loss of everything. */
function atLeastNothing(axis: { min: number }): void {
    axis.min = Math.max(-100, axis.min);
}

/** The unit of all lines; empty where they have several. */
function unitOf(lines: readonly Line[]): string {
    const units = new Set(lines.map(({ series }) => series.course?.suffix.trim() ?? ""));
    return units.size === 1 ? visible([...units][0] ?? "").slice(0, 40) : "value, each in its own unit";
}

/** The course of several series over time: absolute or relative, linear or logarithmic. */
export function TrendsChart({ page, prefix }: ChronicleProps) {
    const start = currentRoute();
    const [ids, setIds] = useState<string[]>(() => {
        const asked = (start["t"] ?? "").split(",").filter((id) => page.series.some((series) => series.id === id));
        const most = judged(page).length <= MOST_LINES ? MOST_LINES : LIVELIEST;
        return asked.length > 0
            ? asked.slice(0, MOST_LINES)
            : oneOfEach(page, most).map((place) => page.series[place]?.id ?? "");
    });
    const [absolute, setAbsolute] = useState(start["mode"] === "absolute");
    const [scale, setScale] = useState(start["scale"]);
    const set = (next: string[]) => {
        setIds(next);
        adjustRoute({ t: next.join(",") });
    };
    // a series that grew or shrank many times over makes lines of the others on a linear axis: it opens on a log one
    const wild = useMemo(
        () =>
            page.series
                .filter((series) => ids.includes(series.id))
                .some((series) => {
                    const course = courseOf(series, page) as Course;
                    const base = reference(series, course);
                    return course.values
                        .slice(inPeriod(series, course))
                        .some((value) => value / base > WILD || value / base < 1 / WILD);
                }),
        [page, ids.join()],
    );
    const log = scale === "log" || (scale !== "linear" && wild && !absolute);
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
                        times: inOrder(course.runs.slice(first).map((run) => 1000 * (page.runs.seconds[run] ?? 0))),
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
    const neverBelowNothing = absolute || lines.every(({ values }) => values.every((value) => !(value < -100)));
    const onLog = log && (positive || !absolute);
    const told = (value: number, significant: number) =>
        absolute
            ? String(Number(value.toPrecision(significant)))
            : log
              ? `×${rounded(value, significant)}`
              : change(value / 100);
    const { names, caption } = chartNames(
        lines.map(({ series }) => series),
        prefix,
    );
    const drawn =
        lines.length < page.series.length
            ? `${lines.length} of ${count(page.series.length)} series, at most ${MOST_LINES}; "Add a series" shows others.`
            : "";
    const onZoom = (from: number, to: number) => adjustRoute({ from: from.toFixed(0), to: to.toFixed(0) });
    const config = (): ChartConfiguration<"line", { x: number; y: number }[]> => {
        const [from, to] = rangeOf(currentRoute(), whole);
        return {
            type: "line",
            data: {
                datasets: lines.map((_, place) => ({
                    label: names[place] ?? "",
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
                            autoSkipPadding: 24,
                            includeBounds: false,
                            callback(value) {
                                return axisTime(Number(value), this.max - this.min);
                            },
                        },
                    },
                    y: {
                        type: onLog ? "logarithmic" : "linear",
                        // what is alike to the eye is shown as alike
                        ...(absolute || log ? {} : { suggestedMin: -1, suggestedMax: 1 }),
                        // nothing that is measured loses more than all of it
                        ...(absolute || log || !neverBelowNothing ? {} : { afterDataLimits: atLeastNothing }),
                        title: {
                            display: true,
                            text: absolute ? unitOf(lines) : log ? "factor of the level at the beginning" : "change",
                        },
                        ticks: {
                            maxTicksLimit: 7,
                            callback: (value) => told(Number(value), 5),
                        },
                    },
                },
                plugins: {
                    legend: {
                        position: "bottom",
                        align: "start",
                        labels: {
                            boxWidth: 26,
                            boxHeight: 2,
                            generateLabels: (chart) => {
                                const cut = cutApart(names, Math.max(20, Math.floor((chart.width - 60) / 6.9)));
                                return Chart.defaults.plugins.legend.labels
                                    .generateLabels(chart)
                                    .map((item, place) => ({ ...item, text: cut[place] ?? item.text }));
                            },
                        },
                    },
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
            alt={lines.map(({ series }) => `${seriesLabel(series, prefix, 60)} ${series.trend?.text ?? ""}`).join("; ")}
            note={[drawn, caption].filter((words) => words !== "").join(" ")}
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
                                    set([...ids, id].slice(-MOST_LINES));
                                }
                            }}
                        >
                            <option value="">Add a series…</option>
                            {page.series.map((series) => (
                                <option key={series.id} value={series.id}>
                                    {seriesLabel(series, prefix, 70)}
                                </option>
                            ))}
                        </select>
                    </label>
                    <label class="picker">
                        <span class="hidden">Remove a series</span>
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
                            <option value="">Remove a series…</option>
                            {lines.map(({ series }) => (
                                <option key={series.id} value={series.id}>
                                    {seriesLabel(series, prefix, 70)}
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
                            const next = log ? "linear" : "log";
                            adjustRoute({ scale: next });
                            setScale(next);
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
