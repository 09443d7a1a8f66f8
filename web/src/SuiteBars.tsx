import { useMemo } from "preact/hooks";
import { drawn, Frame } from "./charts";
import { type ChronicleProps, calledSeries, judged, triagedSeries } from "./chronicle";
import { type ChroniclePageData, isAlwaysZero, type SeriesData } from "./data";
import { visible } from "./format";
import { cutMiddle, suites } from "./names";
import { Name } from "./parts";
import { colour } from "./theme";

interface Share {
    name: string;
    /** From 0 to 1; absent where nothing is known. */
    share?: number;
    words: string;
    /** Whether everything that is missing from the whole is triaged: nothing to worry about is red. */
    triaged?: boolean;
}

/** From these shares on a suite is well, and passable. */
const WELL = 0.9;
const PASSABLE = 0.7;

const RULE = `Blue: ${100 * WELL} % or more; amber: ${100 * PASSABLE} to ${100 * WELL} %; red: less.`;

function toneOf({ share, triaged }: Share): string {
    if (share === undefined) {
        return "neutral";
    }
    return share >= WELL ? "improved" : share >= PASSABLE || triaged ? "suspect" : "regressed";
}

/** How much of a bar is filled: nothing of what is known to be none would look like nothing known. */
function filled(share: number | undefined): number {
    return share === undefined ? 0 : Math.max(0.01, share);
}

/** Rounded; only what is whole is 100 %. */
function percent(share: number | undefined): string {
    return share === undefined ? "–" : `${share < 1 ? Math.min(99, Math.round(100 * share)) : 100} %`;
}

/** What is long is told by its beginning and its end. */
function shortened(name: string): string {
    return cutMiddle(visible(name), 40);
}

function Bar(one: Share) {
    const { name, share, words } = one;
    return (
        <li>
            <span>
                <Name text={shortened(name)} /> <small class="muted">{words}</small>
            </span>
            <span class={`amount ${toneOf(one)}`}>{percent(share)}</span>
            <span class="track">
                <span class={`bar ${toneOf(one)}`} style={{ width: `${(100 * filled(share)).toFixed(1)}%` }} />
            </span>
        </li>
    );
}

/** The same bars as a picture. */
function drawBars(shares: readonly Share[]): HTMLCanvasElement {
    const [width, height] = [640, 26];
    return drawn(width, height * Math.max(1, shares.length), (context) => {
        shares.forEach((one, place) => {
            const { name, share, words } = one;
            const y = place * height;
            context.fillStyle = colour("text");
            context.fillText(shortened(name), 8, y + 16, 190);
            context.fillStyle = colour("neutral-soft");
            context.fillRect(206, y + 7, 160, 10);
            context.fillStyle = colour(toneOf(one));
            context.fillRect(206, y + 7, 160 * filled(share), 10);
            context.fillStyle = colour("muted");
            context.fillText(`${percent(share)}  ${words}`, 376, y + 16, 256);
        });
    });
}

interface BarsProps {
    title: string;
    note: string;
    file: string;
    shares: readonly Share[];
}

function Bars({ title, note, file, shares }: BarsProps) {
    return (
        <Frame
            title={title}
            note={note}
            file={file}
            picture={() => drawBars(shares)}
            table={{
                head: ["suite", "share (%)", "what"],
                rows: () =>
                    shares.map(({ name, share, words }) => [
                        name,
                        share === undefined ? "" : Number((100 * share).toFixed(1)),
                        words,
                    ]),
            }}
        >
            <ol class="bars shares">
                {shares.map((share) => (
                    <Bar key={share.name} {...share} />
                ))}
            </ol>
        </Frame>
    );
}

/** The number of suites with a bar of their own; the others share the last one. */
const MOST_SUITES = 11;

/** The share of the series that are good, and how many of them; what is unknown is neither. */
interface Judged {
    good: number;
    known: number;
}

/** What is always 0 neither gets worse nor varies: it counts only where there is nothing else. */
function ofInterest(page: ChroniclePageData): SeriesData[] {
    const series = judged(page);
    const moving = series.filter((one) => !isAlwaysZero(one));
    return moving.length > 0 ? moving : series;
}

/** The suites with their judged series, the least well first; where one is unknown, or all are alike, the largest first. */
function suitesOf(
    page: ChroniclePageData,
    prefix: string,
    judge: (series: readonly SeriesData[]) => Judged,
): [string, SeriesData[]][] {
    const all = suites(ofInterest(page), prefix);
    const share = (series: readonly SeriesData[]) => {
        const { good, known } = judge(series);
        return known === 0 ? 2 : good / known;
    };
    const sorted = [...all].sort((one, other) => share(one[1]) - share(other[1]) || other[1].length - one[1].length);
    if (sorted.length <= MOST_SUITES + 1) {
        return sorted;
    }
    const others = sorted.slice(MOST_SUITES);
    return [...sorted.slice(0, MOST_SUITES), [`${others.length} others`, others.flatMap(([, series]) => series)]];
}

/** A share of those of which anything is known, and how many are left out because nothing is. */
function shareOf(name: string, good: number, known: number, all: number, words: string, unknown: string): Share {
    const others = all - known;
    const said = `${good} of ${known} ${words}${others > 0 ? `, ${others} ${unknown}` : ""}`;
    return known === 0 ? { name, words: `${all} ${unknown}` } : { name, share: good / known, words: said };
}

/** What a check says of a series counts, whether the history has enough runs to say it too or not. */
function bestOf(called: ReadonlySet<SeriesData | undefined>): (all: readonly SeriesData[]) => Judged {
    return (all) => {
        const known = all.filter((series) => called.has(series) || (series.trend?.standing ?? "UNKNOWN") !== "UNKNOWN");
        return {
            good: known.filter((series) => !series.trend?.debtText && !called.has(series)).length,
            known: known.length,
        };
    };
}

/** How the sentence below the bars begins: what a suite is, where there are several. */
function eachOf(shares: readonly Share[]): string {
    return shares.length > 1
        ? "For each suite (class, file, folder or command of the benchmarks),"
        : "Of all benchmarks,";
}

/** For each suite: how many of its series are at their best level. */
export function HealthBars({ page, prefix }: ChronicleProps) {
    const shares = useMemo(() => {
        const triaged = new Set([...triagedSeries(page).keys()].map((place) => page.series[place]));
        const called = new Set([...calledSeries(page).keys()].map((place) => page.series[place]));
        return suitesOf(page, prefix, bestOf(called)).map(([suite, all]): Share => {
            const { good, known } = bestOf(called)(all);
            return {
                ...shareOf(suite, good, known, all.length, "series at their best level", "with fewer than ten runs"),
                triaged: all.every((series) => !called.has(series) && (!series.trend?.debtText || triaged.has(series))),
            };
        });
    }, [page, prefix]);
    return (
        <Bars
            title="Health"
            note={`${eachOf(shares)} the share of series that are less than ${page.margin} behind their best level of the period. ${RULE} Triaged regressions are amber.`}
            file="health"
            shares={shares}
        />
    );
}

/** Runs that differ by no more than this let a small change be seen. */
const QUIET = 0.02;

function quietOf(all: readonly SeriesData[]): Judged {
    const noises = all.map((series) => series.trend?.noise).filter((noise) => noise !== undefined);
    return { good: noises.filter((noise) => noise <= QUIET).length, known: noises.length };
}

/** For each suite: how many of its series are quiet enough to see a small change. */
export function StabilityBars({ page, prefix }: ChronicleProps) {
    const shares = useMemo(
        () =>
            suitesOf(page, prefix, quietOf).map(([suite, all]) => {
                const { good, known } = quietOf(all);
                return shareOf(suite, good, known, all.length, "series are quiet", "of unknown noise");
            }),
        [page, prefix],
    );
    return (
        <Bars
            title="Stability"
            note={`${eachOf(shares)} the share of series whose runs differ by no more than ${100 * QUIET} % (standard deviation). ${RULE}`}
            file="stability"
            shares={shares}
        />
    );
}
