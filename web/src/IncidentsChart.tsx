import type { ChartConfiguration, ChartDataset } from "chart.js";
import { changesOverTime, drawnChange, isCutOff, MOST, spanOf } from "./changesOverTime";
import { Figure } from "./charts";
import { type ChroniclePageData, type IncidentData, stateOf } from "./data";
import { short, visible } from "./format";
import { go } from "./route";
import { colour } from "./theme";

type Spot = { x: number; y: number };

function tone(incident: IncidentData): string {
    if (incident.slight) {
        return "series";
    }
    if (!incident.worse) {
        return "improved";
    }
    if (incident.open) {
        return "regressed";
    }
    return incident.state === "RECOVERED" || incident.state === "FALSE_ALARM" ? "series" : "suspect";
}

/** When each incident began, how large it is, how many series it has, and how long it lasted. */
export function IncidentsChart({ page, incidents }: { page: ChroniclePageData; incidents: readonly IncidentData[] }) {
    const time = (run: number | undefined) => 1000 * (page.runs.seconds[run ?? -1] ?? 0);
    const span = spanOf(page.runs.seconds, page.sinceSeconds);
    const spots: Spot[] = incidents.map((incident) => ({
        x: time(incident.run),
        y: drawnChange(incident.change),
    }));
    const end = (incident: IncidentData) => (incident.back === undefined ? span.to : time(incident.back));
    const config = (): ChartConfiguration<"scatter", Spot[]> => ({
        type: "scatter",
        data: {
            datasets: [
                {
                    data: spots,
                    backgroundColor: incidents.map((incident) => `${colour(tone(incident))}c0`),
                    borderColor: incidents.map((incident) => colour(tone(incident))),
                    pointStyle: incidents.map((incident) =>
                        incident.kind !== "ENVIRONMENT" && incident.kind !== "NOISE"
                            ? incident.worse
                                ? "triangle"
                                : "rectRot"
                            : "crossRot",
                    ),
                    pointRadius: incidents.map(({ count }) => Math.min(14, 5 + 2 * Math.log2(count))),
                    pointHoverRadius: 15,
                    pointBorderWidth: 1.5,
                },
                // how long each lasted
                ...incidents.map(
                    (incident, place): ChartDataset<"scatter", Spot[]> => ({
                        data: [
                            { x: spots[place]?.x ?? 0, y: spots[place]?.y ?? 0 },
                            { x: end(incident), y: spots[place]?.y ?? 0 },
                        ],
                        showLine: true,
                        pointRadius: 0,
                        pointHitRadius: 0,
                        pointHoverRadius: 0,
                        borderWidth: 1.5,
                        borderColor: `${colour(tone(incident))}90`,
                        borderDash: incident.back === undefined ? [] : [3, 3],
                    }),
                ),
            ],
        },
        options: {
            onClick: (_, hits) => {
                const incident = incidents[hits.find((hit) => hit.datasetIndex === 0)?.index ?? -1];
                if (incident) {
                    go({ i: incident.id });
                }
            },
            scales: changesOverTime(span, "largest change (%)"),
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    filter: (item) => item.datasetIndex === 0,
                    callbacks: {
                        label: (item) => {
                            const incident = incidents[item.dataIndex];
                            return incident
                                ? [
                                      `${incident.id} · ${stateOf(incident)}`,
                                      visible(incident.subject).slice(0, 90),
                                      `${incident.text}${incident.interval ? `, ${incident.interval}` : ""}`,
                                      visible(incident.cause).slice(0, 90),
                                      `${short(page.runs.commit[incident.run] ?? "")} · ${page.runs.time[incident.run] ?? ""}`,
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
            title="Timeline of the incidents"
            alt={`${incidents.length} incidents${page.open ? `: ${page.open}` : ""}`}
            file="incidents"
            height={260}
            depends={[page, incidents]}
            config={config}
            note={
                "Size of a mark: number of series. Line: how long it lasted. " +
                "▲ worse, ◆ better, ✕ the machine. A click opens the incident." +
                (incidents.some(({ change }) => isCutOff(change)) ? ` Larger changes are drawn at ±${MOST} %.` : "")
            }
            table={{
                head: [
                    "id",
                    "state",
                    "kind",
                    "first bad",
                    "commit",
                    "back",
                    "series",
                    "largest change",
                    "95 % interval",
                    "benchmark",
                    "cause",
                ],
                rows: () =>
                    incidents.map((incident) => [
                        incident.id,
                        stateOf(incident),
                        incident.kind.toLowerCase().replace("_", " "),
                        page.runs.time[incident.run] ?? "",
                        page.runs.commit[incident.run] ?? "",
                        page.runs.time[incident.back ?? -1] ?? "",
                        incident.count,
                        incident.text,
                        incident.interval,
                        incident.subject,
                        incident.cause,
                    ]),
            }}
        />
    );
}
