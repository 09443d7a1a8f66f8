import { useMemo } from "preact/hooks";
import { drawn, Frame } from "./charts";
import type { ChronicleProps } from "./chronicle";
import type { ChroniclePageData, SeriesData } from "./data";
import { visible } from "./format";
import { cutMiddle, suites } from "./names";
import { Name } from "./parts";
import { colour } from "./theme";

interface Share {
    name: string;
    /** From 0 to 1; absent where nothing is known. */
    share?: number;
    words: string;
}

/** From these shares on a suite is well, and passable. */
const WELL = 0.9;
const PASSABLE = 0.7;

const RULE = `Blue from ${100 * WELL} % on, amber from ${100 * PASSABLE} %, red below.`;

function toneOf(share: number | undefined): string {
    return share === undefined ? "neutral" : share < PASSABLE ? "regressed" : share < WELL ? "suspect" : "improved";
}

/** How much of a gauge is filled: nothing of what is known to be none would look like nothing known. */
function filled(share: number | undefined): number {
    return share === undefined ? 0 : Math.max(0.03, share);
}

/** Rounded down: only what is whole is 100 %. */
function percent(share: number): string {
    return `${Math.floor(100 * share)} %`;
}

/** What is long is told by its beginning and its end. */
function shortened(name: string): string {
    return cutMiddle(visible(name), 40);
}

function Gauge({ name, share, words }: Share) {
    const length = Math.PI * 50;
    return (
        <li class="gauge">
            <svg
                viewBox="0 0 120 70"
                width="130"
                height="76"
                role="img"
                aria-label={`${visible(name)}: ${share === undefined ? "unknown" : percent(share)}, ${words}`}
            >
                <path d="M10 62a50 50 0 0 1 100 0" />
                <path
                    class={`value ${toneOf(share)}`}
                    d="M10 62a50 50 0 0 1 100 0"
                    stroke-dasharray={`${(filled(share) * length).toFixed(1)} ${length.toFixed(1)}`}
                />
                <text x="60" y="58">
                    {share === undefined ? "–" : percent(share)}
                </text>
            </svg>
            <b>
                <Name text={shortened(name)} />
            </b>
            <div class="muted">{words}</div>
        </li>
    );
}

/** The same gauges as a picture. */
function drawGauges(shares: readonly Share[]): HTMLCanvasElement {
    const [width, height] = [180, 140];
    const columns = Math.min(5, shares.length);
    return drawn(width * columns, height * Math.ceil(shares.length / columns), (context) => {
        context.textAlign = "center";
        shares.forEach(({ name, share, words }, place) => {
            const x = (place % columns) * width + width / 2;
            const y = Math.floor(place / columns) * height + 78;
            context.lineWidth = 13;
            context.strokeStyle = colour("neutral-soft");
            context.beginPath();
            context.arc(x, y, 58, Math.PI, 2 * Math.PI);
            context.stroke();
            context.strokeStyle = colour(toneOf(share));
            context.beginPath();
            context.arc(x, y, 58, Math.PI, Math.PI * (1 + filled(share)));
            context.stroke();
            context.fillStyle = colour("text");
            context.fillText(share === undefined ? "–" : percent(share), x, y - 4);
            context.fillText(shortened(name), x, y + 20, width - 10);
            context.fillStyle = colour("muted");
            context.fillText(words, x, y + 38, width - 10);
        });
    });
}

interface GaugesProps {
    title: string;
    note: string;
    file: string;
    shares: readonly Share[];
}

function Gauges({ title, note, file, shares }: GaugesProps) {
    return (
        <Frame
            title={title}
            note={note}
            file={file}
            picture={() => drawGauges(shares)}
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
            <ul class="gauges">
                {shares.map((share) => (
                    <Gauge key={share.name} {...share} />
                ))}
            </ul>
        </Frame>
    );
}

/** So many suites have gauges of their own; the others share the last one. */
const MOST_SUITES = 11;

/** The share of the series that are good, and how many of them; what is unknown is neither. */
interface Judged {
    good: number;
    known: number;
}

/** The suites with their series, the least well first; where one is unknown, or all are alike, the largest first. */
function suitesOf(
    page: ChroniclePageData,
    prefix: string,
    judge: (series: readonly SeriesData[]) => Judged,
): [string, SeriesData[]][] {
    if (page.series.length === 1) {
        return [["all", page.series]];
    }
    const all = suites(page.series, prefix);
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

function bestOf(all: readonly SeriesData[]): Judged {
    const known = all.filter((series) => (series.trend?.standing ?? "UNKNOWN") !== "UNKNOWN");
    return { good: known.filter((series) => !series.trend?.debtText).length, known: known.length };
}

/** For each suite: how many of its series are at their best level. */
export function HealthGauges({ page, prefix }: ChronicleProps) {
    const shares = useMemo(
        () =>
            suitesOf(page, prefix, bestOf).map(([suite, all]) => {
                const { good, known } = bestOf(all);
                return shareOf(suite, good, known, all.length, "at their best", "too young to tell");
            }),
        [page, prefix],
    );
    return (
        <Gauges
            title="Health"
            note={`For each suite, the share of series that are less than ${page.margin} behind their best level of the period. ${RULE}`}
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
export function StabilityGauges({ page, prefix }: ChronicleProps) {
    const shares = useMemo(
        () =>
            suitesOf(page, prefix, quietOf).map(([suite, all]) => {
                const { good, known } = quietOf(all);
                return shareOf(suite, good, known, all.length, "are quiet", "of unknown noise");
            }),
        [page, prefix],
    );
    return (
        <Gauges
            title="Stability"
            note={`For each suite, the share of series whose runs differ by no more than ${100 * QUIET} % (standard deviation). ${RULE}`}
            file="stability"
            shares={shares}
        />
    );
}
