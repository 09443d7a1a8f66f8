import type { ChartConfiguration } from "chart.js";
import { Figure } from "./charts";
import { type PackedCourse, type SeriesData, unpack } from "./data";
import { count, quantity, visible } from "./format";
import { fileName } from "./parts";
import { density, quantile } from "./shapes";
import { colour } from "./theme";

interface Side {
    name: string;
    values: number[];
    sorted: number[];
    total: number;
}

function sides(series: SeriesData): Side[] {
    return (series.distributions ?? []).map((packed) => {
        const values = unpack(packed.step, packed.values);
        return {
            name: visible(packed.name),
            values,
            sorted: [...values].sort((one, other) => one - other),
            total: packed.total,
        };
    });
}

/** Raw values of base and candidate: their density above, a box for each below. */
export function DistributionChart({ series, display }: { series: SeriesData; display: PackedCourse }) {
    const all = sides(series).filter((side) => side.values.length > 0);
    if (all.length === 0) {
        return null;
    }
    const factor = display.factor;
    const low = Math.min(...all.map((side) => side.sorted[0] as number)) * factor;
    const high = Math.max(...all.map((side) => side.sorted[side.sorted.length - 1] as number)) * factor;
    const room = (high - low) * 0.06 || Math.abs(high) * 0.01 || 1;
    const axis = () => ({
        type: "linear" as const,
        min: low - room,
        max: high + room,
        grid: { display: false },
        ticks: {
            maxTicksLimit: 6,
            includeBounds: false,
            callback: (value: string | number) => `${Number(Number(value).toPrecision(5))}${display.suffix}`,
        },
    });
    const tints = () => [colour("base"), colour("accent"), colour("improved")];
    const curves = all.map((side) =>
        density(
            side.sorted.map((value) => value * factor),
            low - room,
            high + room,
        ),
    );
    const hasCurves = curves.some((curve) => curve.length > 0);
    const file = `${fileName(series)}-distribution`;
    const words = all.map(
        (side) => `${side.name}: ${side.values.length} values, median ${quantity(quantile(side.sorted, 0.5), display)}`,
    );
    const densityConfig = (): ChartConfiguration<"line", { x: number; y: number }[]> => ({
        type: "line",
        data: {
            datasets: all.map((side, place) => ({
                label: side.name,
                data: curves[place] ?? [],
                borderColor: tints()[place] as string,
                backgroundColor: `${tints()[place]}33`,
                borderWidth: 1.75,
                borderDash: place === 0 ? [5, 3] : [],
                pointRadius: 0,
                fill: "origin",
                tension: 0.3,
            })),
        },
        options: {
            parsing: false,
            scales: { x: axis(), y: { display: false, min: 0 } },
            plugins: {
                legend: { position: "top", align: "start", labels: { boxWidth: 22, boxHeight: 2 } },
                tooltip: { enabled: false },
            },
        },
    });
    const boxConfig = () => ({
        type: "boxplot",
        data: {
            labels: all.map((side) => (side.name.length > 26 ? `${side.name.slice(0, 24)}…` : side.name)),
            datasets: [
                {
                    data: all.map((side) => side.sorted.map((value) => value * factor)),
                    backgroundColor: tints().map((tint) => `${tint}33`),
                    borderColor: tints(),
                    borderWidth: 1.5,
                    itemRadius: all.some((side) => side.values.length > 120) ? 0 : 2,
                    itemBackgroundColor: tints().map((tint) => `${tint}99`),
                    outlierRadius: 2,
                    outlierBackgroundColor: tints(),
                    meanRadius: 0,
                },
            ],
        },
        options: {
            indexAxis: "y",
            scales: { x: axis(), y: { grid: { display: false } } },
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    callbacks: {
                        label: (item: { dataIndex: number }) => {
                            const side = all[item.dataIndex];
                            return side
                                ? [0, 0.25, 0.5, 0.75, 1].map(
                                      (share) =>
                                          `${["smallest", "lower quartile", "median", "upper quartile", "largest"][share * 4]}: ${quantity(quantile(side.sorted, share), display)}`,
                                  )
                                : "";
                        },
                    },
                },
            },
        },
    });
    const table = {
        head: ["what", `value (${display.suffix.trim() || "1"})`],
        rows: () =>
            all.flatMap((side) =>
                side.values.map((value): (string | number)[] => [side.name, Number((value * factor).toPrecision(7))]),
            ),
    };
    return (
        <div class="pair">
            {hasCurves && (
                <Figure
                    title="Density of the raw values"
                    alt={`Density; ${words.join("; ")}`}
                    file={`${file}-density`}
                    height={200}
                    depends={[series]}
                    config={densityConfig}
                    table={table}
                />
            )}
            <Figure
                title="Raw values"
                alt={`Box plot; ${words.join("; ")}`}
                file={file}
                height={hasCurves ? 200 : 160}
                depends={[series]}
                config={boxConfig}
                table={table}
            />
            <p class="muted note">
                {all
                    .map((side) => {
                        const shown = count(side.values.length);
                        if (side.total === 0) {
                            return `${side.name}: the tool gave ${shown === "1" ? "one number" : `${shown} quantiles`}, not the values`;
                        }
                        return side.total > side.values.length
                            ? `${side.name}: ${shown} quantiles of ${count(side.total)} values`
                            : `${side.name}: ${shown} ${side.values.length === 1 ? "value" : "values"}`;
                    })
                    .join(" · ")}
            </p>
        </div>
    );
}
