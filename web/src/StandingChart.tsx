import type { ChartConfiguration } from "chart.js";
import { Figure } from "./charts";
import type { ChroniclePageData } from "./data";
import { colour } from "./theme";

/** How the benchmarks stand, and how severe the steps for the worse were. */
export function StandingChart({ page }: { page: ChroniclePageData }) {
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
            title={any ? "Severity of the steps for the worse" : "How the benchmarks stand"}
            alt={labels.map((name, place) => `${parts[place]} ${name}`).join(", ")}
            file="severity"
            height={240}
            depends={[page]}
            config={config}
            table={{ head: ["what", "count"], rows: () => labels.map((name, place) => [name, parts[place] ?? 0]) }}
        />
    );
}
