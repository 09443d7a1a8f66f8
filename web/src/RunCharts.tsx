import type { ChartConfiguration } from "chart.js";
import type { AnnotationOptions } from "chartjs-plugin-annotation";
import { useMemo } from "preact/hooks";
import { besideChart, Figure } from "./charts";
import { chartNames } from "./chronicle";
import { courseOf, type RunPageData, type SeriesData, type StepEvent } from "./data";
import { change } from "./format";
import { go } from "./route";
import { TimelineChart } from "./TimelineChart";
import { colour } from "./theme";

interface Props {
    page: RunPageData;
    prefix: string;
}

/** So many changes are drawn; the table has them all. */
const MOST = 40;

function tintOf(series: SeriesData): string {
    switch (series.finding?.group) {
        case "REGRESSED":
            return colour("regressed");
        case "SUSPECT":
            return colour("suspect");
        case "IMPROVED":
            return colour("improved");
        default:
            return colour("series");
    }
}

/** Without digits that a floor makes. */
function short(percent: number): string {
    return String(Number(percent.toPrecision(3)));
}

/** Every change with its interval, the margin of each behind it. */
function ChangesChart({ page, prefix }: Props) {
    const told = useMemo(
        () => page.series.filter(({ finding }) => finding?.effect?.relative !== undefined && finding.effect.bounds),
        [page],
    );
    const rows = told.slice(0, MOST);
    if (rows.length === 0) {
        return null;
    }
    const { names, caption } = chartNames(rows, prefix);
    const relative = (series: SeriesData) => 100 * (series.finding?.effect?.relative ?? 0);
    const bounds = (series: SeriesData): [number, number] => {
        const [low, high] = series.finding?.effect?.bounds ?? [0, 0];
        return [100 * low, 100 * high];
    };
    const margins = rows.map((series) => 100 * (series.finding?.margin ?? page.policy.marginShare));
    const margin = Math.max(...margins);
    const marginWords = Math.min(...margins) === margin ? `the margin of ±${short(margin)} %` : "the margin of each";
    // one wild change or interval does not make all others a line: the axis ends at twice what nine in ten stay within
    const sizes = rows.map((series) => Math.abs(relative(series))).sort((one, other) => one - other);
    const farthest = Math.max(2 * margin, 2 * (sizes[Math.ceil(0.9 * (sizes.length - 1))] ?? 0));
    const beyond = sizes.filter((size) => size > farthest).length;
    const low = Math.max(-farthest, Math.min(-2 * margin, ...rows.map((series) => bounds(series)[0])));
    const high = Math.min(farthest, Math.max(2 * margin, ...rows.map((series) => bounds(series)[1])));
    const band: Record<string, AnnotationOptions> = {
        nothing: { type: "line", xMin: 0, xMax: 0, borderColor: colour("muted"), borderWidth: 1 },
    };
    margins.forEach((share, place) => {
        band[`margin${place}`] = {
            type: "box",
            xMin: -share,
            xMax: share,
            yMin: place - 0.5,
            yMax: place + 0.5,
            backgroundColor: colour("band"),
            borderWidth: 0,
            drawTime: "beforeDatasetsDraw",
        };
    });
    const config = (): ChartConfiguration<"bar", [number, number][]> => ({
        type: "bar",
        data: {
            labels: names,
            datasets: [
                {
                    data: rows.map(bounds),
                    backgroundColor: rows.map((series) => `${tintOf(series)}66`),
                    borderColor: rows.map(tintOf),
                    barThickness: 5,
                    borderRadius: 2,
                    borderSkipped: false,
                },
            ],
        },
        plugins: [
            {
                id: "changes",
                afterDatasetsDraw: (chart) => {
                    const { ctx: context, chartArea: area } = chart;
                    const axis = chart.scales["x"];
                    context.save();
                    context.beginPath();
                    context.rect(area.left, area.top, area.width, area.height);
                    context.clip();
                    chart.getDatasetMeta(0).data.forEach((bar, place) => {
                        const series = rows[place];
                        if (series && axis) {
                            const x = axis.getPixelForValue(relative(series));
                            const edge = x > area.right ? area.right : x < area.left ? area.left : undefined;
                            context.fillStyle = tintOf(series);
                            context.beginPath();
                            if (edge === undefined) {
                                context.arc(x, bar.y, 4, 0, 2 * Math.PI);
                            } else {
                                // it goes on that way
                                const back = edge === area.right ? -9 : 9;
                                context.moveTo(edge, bar.y);
                                context.lineTo(edge + back, bar.y - 5);
                                context.lineTo(edge + back, bar.y + 5);
                            }
                            context.fill();
                        }
                    });
                    context.restore();
                },
            },
        ],
        options: {
            indexAxis: "y",
            onClick: (_, hits) => {
                const series = rows[hits[0]?.index ?? -1];
                if (series) {
                    go({ s: series.id });
                }
            },
            interaction: { mode: "nearest", axis: "y", intersect: false },
            scales: {
                x: {
                    min: low,
                    max: high,
                    ticks: { maxTicksLimit: 8, includeBounds: false, callback: (value) => change(Number(value) / 100) },
                },
                y: {
                    grid: { display: false },
                    ticks: {
                        autoSkip: false,
                        font: { size: 11 },
                        callback(place) {
                            return besideChart(names, this.chart.width, 40)[Number(place)] ?? "";
                        },
                    },
                },
            },
            plugins: {
                legend: { display: false },
                annotation: { annotations: band },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        label: (item) => {
                            const finding = rows[item.dataIndex]?.finding;
                            return finding?.effect
                                ? [finding.verdict, `${finding.effect.text}, ${finding.effect.interval}`]
                                : "";
                        },
                    },
                },
            },
        },
    });
    const left = told.length - rows.length;
    return (
        <Figure
            title="Changes with their intervals"
            alt={`${rows.length} changes, the worst first; ${page.counts.REGRESSED} benchmarks regressed, ${page.counts.IMPROVED} improved`}
            note={`The shaded range is ${marginWords}.${beyond > 0 ? ` An arrow leads to what lies beyond ±${farthest.toFixed(0)} %.` : ""}${left > 0 ? ` ${left} more are in the table.` : ""}${caption && ` ${caption}`}`}
            file="changes"
            height={Math.max(130, 22 * rows.length + 50)}
            depends={[page]}
            config={config}
            table={{
                head: ["verdict", "benchmark", "metric", "change", "interval"],
                rows: () =>
                    told.map(({ label: name, metric, finding }) => [
                        finding?.verdict ?? "",
                        name,
                        metric,
                        finding?.effect?.text ?? "",
                        finding?.effect?.interval ?? "",
                    ]),
            }}
        />
    );
}

/** The steps in the judged series, oldest first. */
function stepsOf(page: RunPageData): StepEvent[] {
    const events = page.series.flatMap((series, place) => {
        const course = courseOf(series, page);
        return (course?.packed.steps ?? []).map((step) => ({
            series: place,
            run: course?.runs[step.at] ?? -1,
            worse: step.worse,
            change: step.relative ?? Number.MAX_VALUE,
            text: step.text,
            interval: step.interval,
        }));
    });
    return events.sort((one, other) => (page.runs.seconds[one.run] ?? 0) - (page.runs.seconds[other.run] ?? 0));
}

/** The dashboard of a run: its changes, and when the levels of these series moved. */
export function RunCharts({ page, prefix }: Props) {
    const events = useMemo(() => stepsOf(page), [page]);
    return (
        <>
            <ChangesChart page={page} prefix={prefix} />
            <TimelineChart page={page} events={events} prefix={prefix} />
        </>
    );
}
