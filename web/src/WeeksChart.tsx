import type { ChartConfiguration } from "chart.js";
import { Figure } from "./charts";
import type { ChroniclePageData } from "./data";
import { steps } from "./format";
import { colour } from "./theme";

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
                x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16, maxTicksLimit: 7 } },
                y: { ticks: { precision: 0, maxTicksLimit: 6, callback: (value) => steps(Number(value)) } },
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
    if (total(worse) + total(better) === 0) {
        return (
            <section class="panel">
                <h2>Change points per week</h2>
                <p class="muted">
                    {page.called?.some(({ open }) => open)
                        ? "The history confirms no change point yet; what a check detected is at the top."
                        : "No series changed its level in this period."}
                </p>
            </section>
        );
    }
    return (
        <Figure
            title="Change points per week"
            alt={`${page.weeks.length} weeks, ${total(worse)} change points for the worse, ${total(better)} for the better`}
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
