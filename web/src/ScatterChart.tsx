import type { ChartConfiguration } from "chart.js";
import { useMemo } from "preact/hooks";
import { Figure } from "./charts";
import { type ChronicleProps, seriesLabel } from "./chronicle";
import { rounded } from "./format";
import { go } from "./route";
import { colour } from "./theme";

/** Whether a number is told on a logarithmic axis, where those between would stand too close. */
function isRound(value: number): boolean {
    const mantissa = value / 10 ** Math.floor(Math.log10(value));
    return [1, 1.5, 2, 3, 5, 8, 10].some((round) => Math.abs(mantissa - round) < 1e-6);
}

/** Noises that differ by less than this factor have hardly a round number between them on a logarithmic axis. */
const NEAR = 8;

/** Larger changes are drawn at the edge. */
const MOST = 1;

/** Every series by its noise and its change: what stands out, and what could not be seen. */
export function ScatterChart({ page, prefix }: ChronicleProps) {
    const points = useMemo(
        () =>
            page.series
                .map((series, place) => ({ series, place }))
                .filter(({ series }) => !series.context)
                .filter(({ series }) => series.trend?.noise !== undefined && series.trend.change !== undefined)
                .map(({ series, place }) => ({
                    x: 100 * Math.max(series.trend?.noise ?? 0, 0.0001),
                    y: 100 * Math.max(-MOST, Math.min(MOST, series.trend?.change ?? 0)),
                    place,
                })),
        [page],
    );
    const noises = points.map(({ x }) => x);
    const isNear = Math.max(...noises) < NEAR * Math.min(...noises);
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
                    type: isNear ? "linear" : "logarithmic",
                    grace: isNear ? "10%" : 0,
                    title: { display: true, text: "noise from run to run (%)" },
                    ticks: {
                        maxTicksLimit: 7,
                        maxRotation: 0,
                        autoSkipPadding: 24,
                        callback: (value) => (isNear || isRound(Number(value)) ? rounded(Number(value), 2) : ""),
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
                                      seriesLabel(series, prefix, 70),
                                      `${series.trend?.text}, noise ${series.trend?.noiseText} (${series.trend?.noiseRange})`,
                                  ]
                                : "";
                        },
                    },
                },
            },
        },
    });
    if (points.length === 0) {
        return null;
    }
    return (
        <Figure
            title="Change against noise"
            alt={`${points.length} series; ${page.counts.WORSE} benchmarks worse, ${page.counts.BETTER} better`}
            file="change-against-noise"
            {...(points.some(({ place }) => Math.abs(page.series[place]?.trend?.change ?? 0) > MOST)
                ? { note: `What is beyond ±${100 * MOST} % is drawn there.` }
                : {})}
            height={320}
            depends={[page]}
            config={config}
            table={{
                head: ["benchmark", "metric", "noise (%)", "95 % interval", "change (%)", "95 % interval"],
                rows: () =>
                    points.map(({ x, place }) => [
                        page.series[place]?.label ?? "",
                        page.series[place]?.metric ?? "",
                        Number(x.toPrecision(3)),
                        page.series[place]?.trend?.noiseRange ?? "",
                        Number((100 * (page.series[place]?.trend?.change ?? 0)).toPrecision(4)),
                        page.series[place]?.trend?.interval ?? "",
                    ]),
            }}
        />
    );
}
