import type { ChartConfiguration } from "chart.js";
import { changesOverTime, drawnChange, isCutOff, MOST, spanOf } from "./changesOverTime";
import { Figure } from "./charts";
import { seriesLabel } from "./chronicle";
import { type PageData, STATES, type StepEvent } from "./data";
import { short } from "./format";
import { go } from "./route";
import { colour } from "./theme";

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
    const at = (event: StepEvent) => ({
        x: 1000 * (page.runs.seconds[event.run] ?? 0),
        y: drawnChange(event.change),
    });
    const tint = (event: StepEvent) => colour(event.state ? "suspect" : event.worse ? "regressed" : "improved");
    const told = (event: StepEvent) => (event.state ? STATES[event.state].toLowerCase() : "");
    const since = page.page === "run" ? Number.NEGATIVE_INFINITY : page.sinceSeconds;
    const span = spanOf(page.runs.seconds, since);
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
            scales: changesOverTime(span, "change (%)"),
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
                                      seriesLabel(series, prefix, 70),
                                      [event.text, event.interval, told(event)]
                                          .filter((part) => part !== "")
                                          .join(", "),
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
    const clamped = events.some((event) => isCutOff(event.change));
    return (
        <Figure
            title="Timeline of the steps"
            alt={`${worse} change points for the worse, ${events.length - worse} for the better`}
            file="timeline"
            height={260}
            depends={[page, events]}
            config={config}
            {...(clamped ? { note: `Larger changes are drawn at ±${MOST} %.` } : {})}
            table={{
                head: ["time", "commit", "benchmark", "metric", "change", "95 % interval", "direction", "state"],
                rows: () =>
                    events.map((event) => [
                        page.runs.time[event.run] ?? "",
                        page.runs.commit[event.run] ?? "",
                        page.series[event.series]?.label ?? "",
                        page.series[event.series]?.metric ?? "",
                        event.text,
                        event.interval,
                        event.worse ? "worse" : "better",
                        told(event),
                    ]),
            }}
        />
    );
}
