import { HOUR } from "./chronicle";
import { axisTime } from "./format";

/** Larger changes, in per cent, are drawn at the edge. */
export const MOST = 100;

/** A share of the level before in per cent, as far as the chart goes. */
export function drawnChange(share: number): number {
    return Math.max(-MOST, Math.min(MOST, 100 * share));
}

export function isCutOff(share: number): boolean {
    return Math.abs(share) > MOST / 100;
}

/** Milliseconds of the epoch. */
type Span = { from: number; to: number };

/** From the first of the runs that are not before a time to the last of them; all in seconds of the epoch. */
export function spanOf(runs: readonly number[], since: number): Span {
    const seconds = runs.filter((second) => second >= since);
    return { from: 1000 * Math.min(...seconds), to: 1000 * Math.max(...seconds) };
}

/** The axes of a chart of changes, each at its time. */
export function changesOverTime({ from, to }: Span, title: string) {
    const room = (to - from) / 40 || HOUR;
    return {
        x: {
            type: "linear",
            min: from - room,
            max: to + room,
            grid: { display: false },
            ticks: {
                includeBounds: false,
                maxTicksLimit: 8,
                maxRotation: 0,
                autoSkipPadding: 24,
                callback: (value: number | string) => axisTime(Number(value), to - from),
            },
        },
        y: {
            grace: "10%",
            suggestedMin: 0,
            suggestedMax: 0,
            title: { display: true, text: title },
            ticks: { maxTicksLimit: 7 },
        },
    } as const;
}
