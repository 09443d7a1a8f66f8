import type { Cause } from "./causes";
import { type ChroniclePageData, type Course, isThere, type SeriesData, type State, stretches } from "./data";
import { visible } from "./format";
import { cutMiddle, sharedParameters, withoutParameters } from "./names";

/** What every chart of a period is drawn from. */
export interface ChronicleProps {
    page: ChroniclePageData;
    /** What the names of all benchmarks begin with; it is left out. */
    prefix: string;
}

/** Nobody measures more often than once in an hour for long: a closer look shows nothing more. */
export const HOUR = 3_600_000;

/**
 * Times of points in their order, of which none is before the one in front of it. As many points as possible keep their
 * times; each of the others, whose date contradicts the order of the branch, has that of the kept one before it.
 */
export function inOrder(times: readonly number[]): number[] {
    const ends: number[] = [];
    const before: number[] = [];
    times.forEach((time, index) => {
        let low = 0;
        let high = ends.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if ((times[ends[middle] as number] as number) > time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        before[index] = low === 0 ? -1 : (ends[low - 1] as number);
        ends[low] = index;
    });
    const kept = new Set<number>();
    let first = -1;
    for (let index = ends[ends.length - 1] ?? -1; index >= 0; index = before[index] as number) {
        kept.add(index);
        first = index;
    }
    let newest = times[first] ?? 0;
    return times.map((time, index) => {
        newest = kept.has(index) ? time : newest;
        return newest;
    });
}

/** `` in arm`` behind a name, where that is measured in several environments; else nothing. */
export function inEnvironment({ where }: SeriesData): string {
    return where ? ` in ${where}` : "";
}

/** A series in one line, cut in its middle where it is too long. */
export function seriesLabel(series: SeriesData, prefix: string, most = 44): string {
    return cutMiddle(visible(`${series.label.slice(prefix.length)} ${series.metric}${inEnvironment(series)}`), most);
}

/** The names of the series that a chart shows, and what all of them have, which its caption says once. */
export interface ChartNames {
    names: string[];
    caption: string;
}

/** Names for the series of a chart without the parameters that all of them have. */
export function chartNames(all: readonly SeriesData[], prefix: string): ChartNames {
    const shared = sharedParameters(all.map(({ label }) => label));
    return {
        names: all.map((series) =>
            visible(
                `${withoutParameters(series.label.slice(prefix.length), shared)} ${series.metric}${inEnvironment(series)}`,
            ),
        ),
        caption: shared.length > 0 ? `All of these have ${visible(shared.join(", "))}.` : "",
    };
}

/** The series that checks judge; where there is none, all of them. */
export function judged(page: ChroniclePageData): SeriesData[] {
    const found = page.series.filter(({ context }) => !context);
    return found.length > 0 ? found : page.series;
}

/**
 * What is known of the series that got worse, by their places: the state of their incidents where each is triaged, or
 * of their steps where nobody looked for incidents. A series with an open one, or with none, has no entry.
 */
export function triagedSeries(page: ChroniclePageData): Map<number, State> {
    const states = new Map<number, State>();
    const open = new Set<number>();
    for (const incident of (page.incidents ?? []).filter(isThere)) {
        for (const { series, worse, back, state } of incident.members) {
            const own = state ?? incident.state;
            if (worse && back === undefined) {
                if (own === "NEW" || own === "RECOVERED") {
                    open.add(series);
                } else {
                    states.set(series, own);
                }
            }
        }
    }
    if (!page.incidents) {
        for (const { series, worse, open: isThere, state } of page.events) {
            if (worse && isThere && state) {
                states.set(series, state);
            } else if (worse && isThere) {
                open.add(series);
            }
        }
    }
    for (const series of open) {
        states.delete(series);
    }
    return states;
}

/** By the places of the series of which a check says that they are worse: how much; not where that is triaged. */
export function calledSeries(page: ChroniclePageData): Map<number, string> {
    const open = (page.called ?? []).filter((one) => one.open);
    return new Map(
        open.flatMap(({ series, changes }) => series.map((place, rank) => [place, changes[rank] ?? ""] as const)),
    );
}

/** The places of the series that got worse and are still, those first of which nobody has triaged it. */
export function regressedSeries(page: ChroniclePageData): number[] {
    const worse = (page.incidents ?? [])
        .filter(isThere)
        .flatMap(({ members }) => members.filter(({ worse, back }) => worse && back === undefined))
        .map(({ series }) => series);
    const triaged = triagedSeries(page);
    const isOpen = (place: number) => !triaged.has(place);
    const called = (page.called ?? []).flatMap(({ series }) => series);
    return [...new Set([...calledSeries(page).keys(), ...worse.filter(isOpen), ...worse, ...called])];
}

/** Whether a cause made something better in the period itself, and not before it. */
export function isImprovementOf(page: ChroniclePageData, { tone, run }: Cause): boolean {
    return tone === "better" && (page.runs.seconds[run ?? -1] ?? page.sinceSeconds) >= page.sinceSeconds;
}

/** The judged series that regressed, then those that moved most, or, where none moved, the noisiest ones. */
export function liveliest(page: ChroniclePageData, most: number): number[] {
    const chosen = new Set(judged(page));
    const places = [...page.series.keys()].filter((place) => chosen.has(page.series[place] as SeriesData));
    const moved = places
        .map((place) => [page.series[place] as SeriesData, place] as const)
        .map(([series, place]) => ({
            place,
            moved: Math.max(Math.abs(series.trend?.change ?? 0), series.trend?.debt ?? 0),
            noise: series.trend?.noise ?? 0,
        }));
    moved.sort((one, other) => other.moved - one.moved || other.noise - one.noise || one.place - other.place);
    const worse = regressedSeries(page).filter((place) => places.includes(place));
    const ranks = new Map(worse.map((place, rank) => [place, rank]));
    const rankOf = (place: number) => ranks.get(place) ?? worse.length;
    moved.sort((one, other) => rankOf(one.place) - rankOf(other.place));
    return moved.slice(0, most).map(({ place }) => place);
}

/** The place of the first run of the period. */
export function inPeriod(series: SeriesData, course: Course): number {
    return Math.min(series.trend?.first ?? 0, course.values.length - 1);
}

/** The level at the beginning of the period, which every later value is told relative to. */
export function reference(series: SeriesData, course: Course): number {
    if (series.trend?.start !== undefined) {
        return series.trend.start;
    }
    const first = inPeriod(series, course);
    return stretches(course).find((stretch) => first < stretch.to)?.level ?? course.values[first] ?? Number.NaN;
}
