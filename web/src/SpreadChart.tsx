import type { Chart } from "chart.js";
import { useMemo } from "preact/hooks";
import { besideChart, Figure } from "./charts";
import { type ChronicleProps, chartNames, seriesLabel } from "./chronicle";
import { type Course, courseOf, stretches } from "./data";
import { quantile } from "./shapes";
import { colour } from "./theme";

/** The end of an axis that has room for a value. */
function roundedUp(value: number): number {
    const unit = 10 ** Math.floor(Math.log10(value));
    return Number(((Math.ceil((2 * value) / unit) / 2) * unit).toPrecision(3));
}

/** How far runs lie from their level, for the noisiest series. */
export function SpreadChart({ page, prefix }: ChronicleProps) {
    const boxes = useMemo(() => {
        const noisy = page.series
            .map((series, place) => ({ series, place, noise: series.trend?.noise ?? -1 }))
            .filter(({ series, noise }) => noise > 0 && !series.context)
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
    // a single run far off does not make lines of all boxes
    const farthest = Math.max(0, ...boxes.flatMap(({ away }) => away.map(Math.abs)));
    const whiskers = Math.max(
        0,
        ...boxes.map(({ away }) => {
            const [low, high] = [quantile(away, 0.25), quantile(away, 0.75)];
            return Math.max(Math.abs(low), Math.abs(high)) + 1.5 * (high - low);
        }),
    );
    const reach = roundedUp(Math.min(farthest, 2 * whiskers) || 1);
    const { names, caption } = chartNames(
        boxes.map(({ series }) => series),
        prefix,
    );
    const note = [farthest > reach ? `Some runs are farther than ${reach} % off; the table has them.` : "", caption]
        .filter((sentence) => sentence)
        .join(" ");
    const config = () => ({
        type: "boxplot",
        data: {
            labels: names,
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
                x: { min: -reach, max: reach, title: { display: true, text: "distance from the level (%)" } },
                y: {
                    grid: { display: false },
                    ticks: {
                        font: { size: 11 },
                        callback(this: { chart: Chart }, place: number) {
                            return besideChart(names, this.chart.width, 26)[place] ?? "";
                        },
                    },
                },
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
            note={note}
            height={320}
            depends={[page]}
            config={config}
            table={{
                head: ["benchmark", "smallest", "lower quartile", "median", "upper quartile", "largest"],
                rows: () =>
                    boxes.map(({ series, away }) => [
                        seriesLabel(series, prefix, 200),
                        ...[0, 0.25, 0.5, 0.75, 1].map((share) => Number(quantile(away, share).toFixed(2))),
                    ]),
            }}
        />
    );
}
