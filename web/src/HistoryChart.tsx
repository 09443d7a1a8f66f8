import type { ChartConfiguration, ChartDataset, Scale } from "chart.js";
import type { AnnotationOptions } from "chartjs-plugin-annotation";
import { useMemo, useState } from "preact/hooks";
import { Figure, rangeOf, windowed, zoomOptions } from "./charts";
import { type Course, type PageData, type SeriesData, stretches } from "./data";
import { change, quantity, rounded, short, visible } from "./format";
import { cutMiddle } from "./names";
import { fileName } from "./parts";
import { adjustRoute, currentRoute, type Route } from "./route";
import { decimate, evenly } from "./shapes";
import { colour } from "./theme";

/** So many points are drawn at once; more than pixels show nothing more. */
const MOST = 1000;

/** So many points get a mark of their own; more of them are a line. */
const MARKED = 160;

/** So many steps are told by their words; more of them would cover each other. */
const TOLD = 12;

interface Place {
    x: number;
    y: number;
}

interface Props {
    series: SeriesData;
    course: Course;
    page: PageData;
    route: Route;
    title?: string;
}

/** Values that are alike to the eye are shown as alike, not stretched over the whole height. */
function roomFor(shown: readonly number[]): { suggestedMin?: number; suggestedMax?: number } {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of shown) {
        low = Math.min(low, value);
        high = Math.max(high, value);
    }
    const room = Math.max(Math.abs(low), Math.abs(high)) * 0.01 || 1;
    return high - low < room / 5 ? { suggestedMin: low - room, suggestedMax: high + room } : {};
}

/** How many times the smallest value the largest is. */
function spanOf(values: readonly number[]): number {
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (const value of values) {
        if (Number.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
    }
    return high / low;
}

/** Leaves room above everything for the words of the steps. */
function roomAbove(scale: Scale): void {
    if (scale.type === "logarithmic") {
        scale.max *= (scale.max / scale.min) ** 0.16;
    } else {
        scale.max += 0.16 * (scale.max - scale.min);
    }
}

/** One series from its first run to its last, with its levels, its steps, and where the next run is expected. */
export function HistoryChart({ series, course, page, route, title = "History" }: Props) {
    const [relative, setRelative] = useState(route["mode"] === "relative");
    const { values, packed, runs } = course;
    const positive = useMemo(() => values.every((value) => !(value <= 0)), [values]);
    // a series that has moved by a factor shows nothing else on a linear axis
    const wide = useMemo(() => positive && spanOf(values) > 10, [values, positive]);
    const [log, setLog] = useState(route["scale"] === "log" || (wide && route["scale"] !== "linear"));
    const reference = packed.regime?.level ?? values[0] ?? 1;
    const shown = (value: number) => (relative ? 100 * (value / reference - 1) : value * packed.factor);
    const axisTitle = relative
        ? "change from the current level (%)"
        : cutMiddle(visible(`${series.metric}${packed.suffix.trim() && ` (${packed.suffix.trim()})`}`), 48);
    const judgedFrom = values.length - (packed.judged ?? 0);
    const runText = (place: number) => {
        const run = runs[place] ?? -1;
        const subject = page.runs.subject?.[run] ?? "";
        return [
            `${short(page.runs.commit[run] ?? "")} · ${page.runs.time[run] ?? ""}`,
            ...(subject ? [visible(subject).slice(0, 70)] : []),
        ];
    };

    const onZoom = (from: number, to: number) => adjustRoute({ from: from.toFixed(1), to: to.toFixed(1) });
    const whole = [-0.5, Math.max(0.5, values.length - 0.5)] as const;
    const told = packed.steps.length > 0 && packed.steps.length <= TOLD;
    const bad = useMemo(() => new Set(packed.bad), [packed]);
    const config = (): ChartConfiguration<"line", Place[]> => {
        const at = (place: number): Place => ({ x: place, y: shown(values[place] as number) });
        const isSpecial = (place: number) => bad.has(place) || place >= judgedFrom;
        const special = values.map((_, place) => place).filter(isSpecial);
        const tint = (place: number) => colour(bad.has(place) ? "regressed" : "accent");
        const levels = stretches(course);
        const datasets: ChartDataset<"line", Place[]>[] = [
            {
                label: series.metric,
                data: [],
                borderColor: colour("series-line"),
                borderWidth: 1.25,
                pointHoverRadius: 6,
                pointBackgroundColor: colour("series"),
                pointBorderWidth: 0,
                order: 2,
            },
            {
                label: "judged",
                data: special.map(at),
                showLine: false,
                pointRadius: 4.5,
                pointStyle: special.map((place) => (bad.has(place) ? "crossRot" : "rectRot")),
                pointBackgroundColor: special.map(tint),
                pointBorderColor: special.map(tint),
                pointBorderWidth: special.map((place) => (bad.has(place) ? 2 : 1)),
                pointHitRadius: 0,
                order: 0,
            },
            {
                label: "level",
                data: levels.flatMap((stretch) => [
                    { x: stretch.from - 0.4, y: shown(stretch.level) },
                    { x: stretch.to - 0.6, y: shown(stretch.level) },
                    { x: stretch.to - 0.6, y: Number.NaN },
                ]),
                borderColor: colour("level"),
                borderWidth: 2,
                pointRadius: 0,
                pointHitRadius: 0,
                order: 1,
            },
        ];
        const annotations: Record<string, AnnotationOptions> = {};
        const expected = packed.regime?.expected;
        if (expected && packed.regime) {
            annotations["expected"] = {
                type: "box",
                xMin: packed.regime.start - 0.5,
                xMax: values.length - 0.5,
                yMin: shown(expected[0]),
                yMax: shown(expected[1]),
                backgroundColor: colour("band"),
                borderWidth: 0,
                drawTime: "beforeDatasetsDraw",
            };
        }
        levels.forEach(({ from, to, band }, place) => {
            if (band && levels.length <= 60) {
                annotations[`band${place}`] = {
                    type: "box",
                    xMin: from - 0.5,
                    xMax: to - 0.5,
                    yMin: shown(band[0]),
                    yMax: shown(band[1]),
                    backgroundColor: colour("level-band"),
                    borderWidth: 0,
                    drawTime: "beforeDatasetsDraw",
                };
            }
        });
        packed.steps.forEach((step, place) => {
            const tint = colour(step.worse ? "regressed" : "improved");
            annotations[`step${step.at}`] = {
                type: "line",
                xMin: step.at - 0.5,
                xMax: step.at - 0.5,
                borderColor: tint,
                borderWidth: 1.5,
                borderDash: [4, 3],
                label: {
                    display: told,
                    content: `${step.worse ? "✗" : "✓"} ${step.text} ${short(page.runs.commit[runs[step.at] ?? -1] ?? "").slice(0, 7)}`,
                    position: "end",
                    yAdjust: (place % 3) * 18,
                    backgroundColor: colour("surface"),
                    color: tint,
                    font: { size: 11, weight: "bold" },
                    padding: 3,
                },
            };
        });
        if (packed.suspect) {
            annotations["suspect"] = {
                type: "line",
                xMin: packed.suspect.at - 0.5,
                xMax: packed.suspect.at - 0.5,
                borderColor: colour("suspect"),
                borderWidth: 1.5,
                borderDash: [2, 3],
            };
        }
        const [from, to] = rangeOf(currentRoute(), whole);
        return {
            type: "line",
            data: { datasets },
            plugins: [
                windowed((chart, low, high) => {
                    const places = decimate(values, MOST, Math.floor(low) - 1, Math.ceil(high) + 2);
                    const line = chart.data.datasets[0] as ChartDataset<"line", Place[]>;
                    line.data = places.map(at);
                    line.pointRadius = places.length <= 80 ? 2.5 : places.length <= MARKED ? 1.6 : 0;
                    line.borderColor = colour(places.length <= MARKED ? "series-line" : "series");
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
                        title: { display: true, text: "date of the commit (UTC)" },
                        afterBuildTicks: (axis) => {
                            axis.ticks = evenly(
                                Math.max(0, Math.ceil(axis.min)),
                                Math.min(values.length - 1, Math.floor(axis.max)),
                                Math.floor(axis.chart.width / 130),
                            ).map((value) => ({ value }));
                        },
                        ticks: {
                            autoSkip: false,
                            maxRotation: 0,
                            align: "inner",
                            callback(value) {
                                const all = this.ticks.map((tick) => page.runs.time[runs[tick.value] ?? -1] ?? "");
                                const time = page.runs.time[runs[Number(value)] ?? -1] ?? "";
                                // within a day the hours tell the runs apart
                                return all[0]?.slice(0, 10) === all[all.length - 1]?.slice(0, 10)
                                    ? time.slice(5, 16)
                                    : time.slice(0, 10);
                            },
                        },
                    },
                    y: {
                        type: log && positive && !relative ? "logarithmic" : "linear",
                        grace: "8%",
                        title: { display: true, text: axisTitle },
                        ...(told ? { afterDataLimits: roomAbove } : {}),
                        ...roomFor(values.map(shown)),
                        ticks: {
                            maxTicksLimit: 6,
                            callback: (value) => {
                                const number = Number(value);
                                return relative ? change(number / 100) : rounded(number, 6);
                            },
                        },
                    },
                },
                plugins: {
                    legend: { display: false },
                    annotation: { annotations },
                    zoom: zoomOptions(whole, 4, onZoom),
                    tooltip: {
                        filter: (item) => item.datasetIndex === 0,
                        displayColors: false,
                        callbacks: {
                            title: (items) => (items[0] ? runText(Number(items[0].parsed.x)) : ""),
                            label: (item) => {
                                const place = Number(item.parsed.x);
                                const value = values[place] ?? Number.NaN;
                                return [
                                    `${quantity(value, packed)} (${change(value / reference - 1)} from the level now)`,
                                    ...(bad.has(place) ? ["judged a regression by a check"] : []),
                                    ...(place >= judgedFrom ? ["judged here"] : []),
                                ];
                            },
                        },
                    },
                },
            },
        };
    };

    const steps = packed.steps.length;
    const alt =
        `${values.length} ${values.length === 1 ? "point" : "points"}` +
        (values.length > 0 ? `, the last ${quantity(values[values.length - 1] as number, packed)}` : "") +
        `; ${steps === 0 ? "no step" : steps === 1 ? "one step" : `${steps} steps`}` +
        packed.steps.map((step) => `, ${step.text} at ${short(page.runs.commit[runs[step.at] ?? -1] ?? "")}`).join("");
    return (
        <Figure
            title={title}
            alt={alt}
            file={`${fileName(series)}-history`}
            height={320}
            zoomable={values.length > 4 ? whole : undefined}
            depends={[series, log, relative]}
            config={config}
            onZoom={onZoom}
            controls={
                <>
                    <button
                        type="button"
                        class="tool"
                        aria-pressed={relative}
                        onClick={() => {
                            adjustRoute({ mode: relative ? "" : "relative" });
                            setRelative(!relative);
                        }}
                    >
                        Relative
                    </button>
                    {positive && (
                        <button
                            type="button"
                            class="tool"
                            aria-pressed={log}
                            disabled={relative}
                            onClick={() => {
                                adjustRoute({ scale: log === wide ? (log ? "linear" : "log") : "" });
                                setLog(!log);
                            }}
                        >
                            Log
                        </button>
                    )}
                </>
            }
            table={{
                head: ["time", "commit", "branch", `value (${packed.suffix.trim() || "1"})`, "what"],
                rows: () =>
                    values.map((value, place) => {
                        const run = runs[place] ?? -1;
                        const step = packed.steps.find((candidate) => candidate.at === place);
                        return [
                            page.runs.time[run] ?? "",
                            page.runs.commit[run] ?? "",
                            page.runs.branch[run] ?? "",
                            Number((value * packed.factor).toPrecision(6)),
                            [
                                step ? `step ${step.text}` : "",
                                packed.bad?.includes(place) ? "judged a regression" : "",
                                place >= judgedFrom ? "judged here" : "",
                            ]
                                .filter(Boolean)
                                .join(", "),
                        ];
                    }),
            }}
        />
    );
}
