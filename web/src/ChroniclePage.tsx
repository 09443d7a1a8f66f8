import { useMemo, useState } from "preact/hooks";
import { Causes, OtherCauses } from "./CauseCards";
import { type Cause, causesOfIncidents, causesOfSteps } from "./causes";
import { drawn, Frame } from "./charts";
import { calledSeries, isImprovementOf, triagedSeries } from "./chronicle";
import {
    type ChroniclePageData,
    courseOf,
    isAlwaysZero,
    isThere,
    type SeriesData,
    STATES,
    type Standing,
} from "./data";
import { quantity, together, visible } from "./format";
import { HeatmapChart } from "./HeatmapChart";
import { IncidentsChart } from "./IncidentsChart";
import { commonPrefix, withoutSeparator } from "./names";
import { Folded, Header, MetricLink, More, Place, SeriesLink, Spark, Step } from "./parts";
import { ScatterChart } from "./ScatterChart";
import { type Bundle, type Column, SeriesTable } from "./SeriesTable";
import { SpreadChart } from "./SpreadChart";
import { HealthBars, StabilityBars } from "./SuiteBars";
import { Summary } from "./Summary";
import { TimelineChart } from "./TimelineChart";
import { TrendsChart } from "./TrendsChart";
import { colour } from "./theme";
import { WeeksChart } from "./WeeksChart";

export const STANDINGS: Record<Standing, { name: string; sign: string; words: string }> = {
    WORSE: { name: "Worse", sign: "✗", words: "worse than at the beginning of the period" },
    BETTER: { name: "Better", sign: "✓", words: "better than at the beginning of the period" },
    LEVEL: { name: "Level", sign: "=", words: "no further away than the margin" },
    UNKNOWN: { name: "Too short", sign: "~", words: "fewer than ten runs: too few to find a step" },
};

const TITLES = { history: "History", executive: "Summary", dashboard: "Dashboard" } as const;

/** What happened: incidents, or steps by their commits where nobody looked for incidents. */
function causesOf(page: ChroniclePageData): Cause[] {
    return page.incidents ? causesOfIncidents(page.incidents, page) : causesOfSteps(page);
}

/** Regressions that a check has detected and no incident has. */
function Called({ page }: { page: ChroniclePageData }) {
    const called = page.called ?? [];
    return called.length === 0 ? null : (
        <section class={called.some(({ open }) => open) ? "alert waits" : "alert"} aria-label="Detected by a check">
            <h2>
                <span aria-hidden="true">⚠</span> Detected by a check, not yet confirmed by the history
            </h2>
            <More all={called.length} first={8}>
                {(shown) => (
                    <ul class="lines">
                        {called.slice(0, shown).map(({ text, open, severity, next }) => (
                            <li key={text} class={open ? "" : "muted"}>
                                <b>{severity}</b> <bdi dir="ltr">{visible(text)}</bdi>
                                <Next text={next} />
                            </li>
                        ))}
                    </ul>
                )}
            </More>
        </section>
    );
}

/** What fails or holds the check of the newest run, besides regressions, and what to do about it. */
function Stops({ page }: { page: ChroniclePageData }) {
    const stops = page.stops ?? [];
    return stops.length === 0 ? null : (
        <section
            class={stops.some(({ fails }) => fails) ? "alert waits" : "alert"}
            aria-label="Why the newest run does not pass"
        >
            <h2>
                <span aria-hidden="true">⚠</span> Why the newest run does not pass
            </h2>
            <More all={stops.length} first={8}>
                {(shown) => (
                    <ul class="lines">
                        {stops.slice(0, shown).map(({ text, next }) => (
                            <li key={text}>
                                <bdi dir="ltr">{visible(text)}</bdi>
                                <Next text={next} />
                            </li>
                        ))}
                    </ul>
                )}
            </More>
        </section>
    );
}

/** The next step on a line of its own; nothing where there is none. */
function Next({ text }: { text?: string }) {
    return text ? (
        <>
            <br />
            <span class="muted">Next:</span> <Step text={text} />
        </>
    ) : null;
}

/** How far the newest value is from the median of those before it; not a number where there is none. */
function changeOf(values: readonly number[]): number {
    const before = values.slice(0, -1).sort((one, other) => one - other);
    const middle = ((before[(before.length - 1) >> 1] ?? Number.NaN) + (before[before.length >> 1] ?? Number.NaN)) / 2;
    return (values[values.length - 1] ?? Number.NaN) / middle - 1;
}

/** Few values have no decimals. */
function rough(change: number): string {
    const percent = Math.round(100 * change);
    return `${percent > 0 ? "+" : ""}${percent} %`;
}

/** Every series with what was measured last and how far that is from the others, where there is nothing to judge yet. */
function valuesOf(page: ChroniclePageData): Column {
    return {
        id: "levels",
        title: "Newest value",
        sort: (series) => -Math.abs(changeOf(courseOf(series, page)?.values ?? [])),
        cell: (series) => {
            const course = courseOf(series, page);
            const value = course?.values[course.values.length - 1];
            return (
                course &&
                value !== undefined && (
                    <>
                        {together(visible(quantity(value, course.packed)))}
                        {course.values.length > 1 && (
                            <small>
                                {course.values.length} runs
                                {Number.isFinite(changeOf(course.values)) &&
                                    `, ${rough(changeOf(course.values))} from earlier`}
                            </small>
                        )}
                    </>
                )
            );
        },
    };
}

/** What nobody has won back yet, the largest first. */
function BehindBest({ page, prefix, first }: { page: ChroniclePageData; prefix: string; first: number }) {
    if (page.indebted.length === 0) {
        return null;
    }
    const largest = page.series[page.indebted[0] ?? -1]?.trend?.debt ?? 1;
    const triaged = triagedSeries(page);
    const toneOf = (place: number) => (triaged.has(place) ? "suspect" : "");
    const rows = page.indebted.flatMap((place) => page.series[place] ?? []);
    return (
        <Frame
            title="Behind their best"
            note={
                "How far each series is behind its best level of this period." +
                (triaged.size > 0 ? " Red: open or not triaged; amber: acknowledged, muted or accepted." : "")
            }
            file="behind-their-best"
            picture={() => drawBehind(rows.slice(0, 20), prefix)}
            table={{
                head: [
                    "benchmark",
                    "metric",
                    "behind its best (%)",
                    "95 % interval",
                    "level",
                    "level at the beginning",
                ],
                rows: () =>
                    rows.map(({ label, metric, trend }) => [
                        label,
                        metric,
                        Number((100 * (trend?.debt ?? 0)).toPrecision(4)),
                        trend?.debtRange ?? "",
                        trend?.level ?? "",
                        trend?.before ?? "",
                    ]),
            }}
        >
            <More all={page.indebted.length} first={first}>
                {(shown) => (
                    <ol class="bars">
                        {page.indebted.slice(0, shown).map((place) => {
                            const series = page.series[place];
                            const debt = series?.trend?.debt ?? largest;
                            return (
                                series && (
                                    <li key={series.id}>
                                        <SeriesLink series={series} prefix={prefix} />
                                        <span class={`amount ${toneOf(place)}`}>
                                            {series.trend?.debtText} <small>{series.trend?.debtRange}</small>
                                        </span>
                                        <span
                                            class={`bar ${toneOf(place)}`}
                                            style={{ width: `${Math.max(1, Math.min(100, (100 * debt) / largest))}%` }}
                                        />
                                    </li>
                                )
                            );
                        })}
                    </ol>
                )}
            </More>
        </Frame>
    );
}

/** Whether a series moved, so that it is shown below its benchmark before anybody asks. */
function isTold({ trend, context }: SeriesData): boolean {
    return !context && (trend?.standing === "WORSE" || trend?.standing === "BETTER");
}

/** The same bars as a picture. */
function drawBehind(rows: readonly SeriesData[], prefix: string): HTMLCanvasElement {
    const [width, height] = [640, 26];
    const largest = rows[0]?.trend?.debt ?? 1;
    return drawn(width, height * Math.max(1, rows.length), (context) => {
        rows.forEach((series, place) => {
            const y = place * height;
            context.fillStyle = colour("text");
            context.fillText(visible(`${series.label.slice(prefix.length)} ${series.metric}`), 8, y + 16, 400);
            context.fillStyle = colour("regressed");
            context.fillRect(420, y + 7, (140 * (series.trend?.debt ?? 0)) / largest, 10);
            context.fillText(series.trend?.debtText ?? "", 572, y + 16, 64);
        });
    });
}

/** What happened to the stored series in a period. */
export function ChroniclePage({ page }: { page: ChroniclePageData }) {
    const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
    const prefix = useMemo(() => commonPrefix(page.series.map((series) => series.name ?? series.label)), [page]);
    const triaged = useMemo(() => triagedSeries(page), [page]);
    const called = useMemo(() => calledSeries(page), [page]);
    const isCalled = (series: SeriesData) => called.size > 0 && called.has(page.series.indexOf(series));
    const worst: Record<Standing, number> = { WORSE: 0, BETTER: 1, LEVEL: 2, UNKNOWN: 3 };
    const columns: Column[] = [
        {
            id: "verdict",
            title: "Standing",
            // what moved most comes first
            sort: (series) =>
                (isCalled(series) ? 0 : worst[series.trend?.standing ?? "UNKNOWN"]) +
                1 / (2 + Math.abs(series.trend?.change ?? 0)),
            cell: (series) => {
                if (series.context) {
                    return <span class="muted">not judged</span>;
                }
                if (isCalled(series)) {
                    return (
                        <>
                            <span class="verdict regressed">
                                <span aria-hidden="true">{STANDINGS.WORSE.sign}</span>{" "}
                                {STANDINGS.WORSE.name.toLowerCase()}
                            </span>
                            <small>detected by a check</small>
                        </>
                    );
                }
                const standing = series.trend?.standing ?? "UNKNOWN";
                const state = standing === "WORSE" ? triaged.get(page.series.indexOf(series)) : undefined;
                const tone = { WORSE: state ? "suspect" : "regressed", BETTER: "improved", LEVEL: "", UNKNOWN: "" };
                return (
                    <>
                        <span class={`verdict ${tone[standing]}`}>
                            <span aria-hidden="true">{STANDINGS[standing].sign}</span>{" "}
                            {STANDINGS[standing].name.toLowerCase()}
                        </span>
                        {state && <small>{STATES[state].toLowerCase()}</small>}
                    </>
                );
            },
        },
        {
            id: "label",
            title: "Benchmark",
            sort: (series) => series.label.toLowerCase(),
            cell: (series, beneath) =>
                beneath ? <MetricLink series={series} /> : <SeriesLink series={series} prefix={prefix} />,
        },
        {
            id: "level",
            title: "Level",
            number: true,
            wide: true,
            cell: (series) => (
                <>
                    {together(visible(series.trend?.level ?? ""))}
                    <small>{series.trend?.levelError}</small>
                </>
            ),
        },
        {
            id: "change",
            title: "Change",
            number: true,
            sort: (series) => series.trend?.change ?? Number.NaN,
            cell: (series) => {
                const standing = series.context ? undefined : series.trend?.standing;
                if (isCalled(series)) {
                    return <b class="worse">{called.get(page.series.indexOf(series))}</b>;
                }
                return (
                    <>
                        <b class={standing === "WORSE" ? "worse" : standing === "BETTER" ? "better" : ""}>
                            {series.trend?.text}
                        </b>
                        <small>{series.trend?.interval}</small>
                    </>
                );
            },
        },
        {
            id: "debt",
            title: "Behind best",
            number: true,
            wide: true,
            sort: (series) => series.trend?.debt ?? Number.NaN,
            cell: (series) => (
                <>
                    {series.trend?.debtText}
                    <small>{series.trend?.debtRange}</small>
                </>
            ),
        },
        {
            id: "noise",
            title: "Noise",
            number: true,
            wide: true,
            sort: (series) => series.trend?.noise ?? Number.NaN,
            cell: (series) => (
                <>
                    {series.trend?.noiseText}
                    <small>{series.trend?.noiseRange}</small>
                </>
            ),
        },
        {
            id: "history",
            title: "History",
            cell: (series) => (
                <Spark
                    course={courseOf(series, page)}
                    tone={series.context ? "" : (series.trend?.standing ?? "").toLowerCase()}
                />
            ),
        },
    ];
    const young = page.benchmarks.length > 0 && page.benchmarks.every(({ standing }) => standing === "UNKNOWN");
    const bundles = useMemo(() => {
        const placeOf = ({ label, environment, branch }: SeriesData) => JSON.stringify([label, environment, branch]);
        const own = new Set(page.benchmarks.flatMap(({ series }) => series));
        const context = new Map<string, number[]>();
        for (const [place, series] of page.series.entries()) {
            if (!own.has(place)) {
                context.set(placeOf(series), [...(context.get(placeOf(series)) ?? []), place]);
            }
        }
        return page.benchmarks.map(({ standing, series }): Bundle => {
            const places = [...series, ...(context.get(placeOf(page.series[series[0] ?? -1] as SeriesData)) ?? [])];
            const isZero = places.every((place) => isAlwaysZero(page.series[place] as SeriesData));
            return {
                places,
                chip: series.some((place) => called.has(place)) ? "WORSE" : standing,
                ...(isZero && { fold: "ZERO" }),
            };
        });
    }, [page, called]);
    const chips = (Object.keys(STANDINGS) as Standing[]).map((standing) => ({
        id: standing,
        title: STANDINGS[standing].name,
        sign: STANDINGS[standing].sign,
        words: STANDINGS[standing].words,
        count: bundles.filter(({ chip }) => chip === standing).length,
    }));
    const causes = useMemo(() => causesOf(page), [page]);
    const urgent = causes.filter(({ tone }) => tone === "worse");
    const better = causes.filter((cause) => isImprovementOf(page, cause));
    const isTriaged = ({ tone, incident, state }: Cause) =>
        tone === "suspect" || (tone === "known" && (incident ? isThere(incident) : state !== "recovered"));
    const known = causes.filter(isTriaged);
    const over = causes.filter((cause) => cause.tone === "known" && !isTriaged(cause));
    const table = (
        <SeriesTable
            page={page}
            columns={young ? [columns[1] as Column, valuesOf(page)] : columns}
            chips={young ? [] : chips}
            bundles={bundles}
            folds={[{ id: "ZERO", title: (rows) => `${rows} always 0` }]}
            stands={isTold}
            chosen={chosen}
            choose={choose}
            caption="Every series"
            sorted={young ? "levels" : "verdict"}
        />
    );
    const any = page.series.length > 0;
    const charts = any && !young;
    // of a first run there is nothing to say yet
    const judged = charts || causes.length > 0 || (page.called ?? []).length > 0;
    return (
        <>
            <Header title={TITLES[page.page]} page={page} />
            <main id="main">
                <Place page={page} />
                <section class={`banner ${page.tone}`} aria-label="In short">
                    <div>
                        <h1>
                            <bdi dir="ltr">{visible(page.headline)}</bdi>
                        </h1>
                        {page.next && (
                            <p>
                                Next: <Step text={page.next} />
                            </p>
                        )}
                        {page.details && (
                            <p class="counted">
                                <bdi dir="ltr">{visible(page.details)}</bdi>
                            </p>
                        )}
                        <p class="reason">
                            {page.headline !== page.title && (
                                <>
                                    <bdi dir="ltr">{visible(page.title)}</bdi>,{" "}
                                </>
                            )}
                            {page.since} to {page.until}
                        </p>
                    </div>
                </section>
                <Stops page={page} />
                <Called page={page} />
                {page.page === "executive" && judged && <Summary page={page} causes={causes} prefix={prefix} />}
                {page.page !== "executive" && (
                    <>
                        <Causes
                            title={page.incidents ? "Open incidents" : "What got worse"}
                            causes={urgent}
                            page={page}
                            prefix={prefix}
                            first={8}
                        />
                        <OtherCauses title="Improvements" causes={better} page={page} prefix={prefix} />
                        <OtherCauses
                            title="Acknowledged, muted or accepted"
                            causes={known}
                            page={page}
                            prefix={prefix}
                            open={urgent.length === 0}
                        />
                        <OtherCauses
                            title={page.incidents ? "Fixed, recovered, noise or below the margin" : "Recovered"}
                            causes={over}
                            page={page}
                            prefix={prefix}
                        />
                    </>
                )}
                {page.page !== "history" && <Folded title="Gradual changes and noise" strings={page.remarks} />}
                {page.page === "dashboard" && charts && (
                    <>
                        <TrendsChart page={page} prefix={prefix} />
                        <div class="grid">
                            <HealthBars page={page} prefix={prefix} />
                            <BehindBest page={page} prefix={prefix} first={10} />
                        </div>
                        {page.incidents && page.incidents.length > 0 ? (
                            <IncidentsChart page={page} incidents={page.incidents} />
                        ) : (
                            <TimelineChart page={page} events={page.events} prefix={prefix} />
                        )}
                        <HeatmapChart page={page} prefix={prefix} />
                        <WeeksChart page={page} />
                        <div class="grid">
                            <ScatterChart page={page} prefix={prefix} />
                            <SpreadChart page={page} prefix={prefix} />
                        </div>
                        <StabilityBars page={page} prefix={prefix} />
                    </>
                )}
                {any && (page.page !== "executive" || young) && table}
            </main>
            <footer>
                Changes below {page.margin} do not count. A level is the value between two confirmed change points.{" "}
                {prefix && (
                    <>
                        All benchmarks are in <bdi>{visible(withoutSeparator(prefix))}</bdi>.{" "}
                    </>
                )}
                Plumbline {visible(page.version)}
            </footer>
        </>
    );
}
