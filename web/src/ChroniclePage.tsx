import { useMemo, useState } from "preact/hooks";
import { drawn, Frame } from "./charts";
import { type ChroniclePageData, courseOf, type SeriesData, type Standing } from "./data";
import { together, visible } from "./format";
import { HeatmapChart } from "./HeatmapChart";
import { Incidents } from "./Incidents";
import { IncidentsChart } from "./IncidentsChart";
import { commonPrefix, withoutSeparator } from "./names";
import { CommitOf, Header, MetricLink, More, SeriesLink, Spark, Strings } from "./parts";
import { ScatterChart } from "./ScatterChart";
import { type Column, SeriesTable } from "./SeriesTable";
import { SpreadChart } from "./SpreadChart";
import { StandingChart } from "./StandingChart";
import { HealthGauges, StabilityGauges } from "./SuiteGauges";
import { TimelineChart } from "./TimelineChart";
import { TrendsChart } from "./TrendsChart";
import { colour } from "./theme";
import { WeeksChart } from "./WeeksChart";

export const STANDINGS: Record<Standing, { name: string; sign: string; words: string }> = {
    WORSE: { name: "Worse", sign: "✗", words: "worse than at the beginning of the period" },
    BETTER: { name: "Better", sign: "✓", words: "better than at the beginning of the period" },
    LEVEL: { name: "Level", sign: "=", words: "no further away than the margin" },
    UNKNOWN: { name: "Too short", sign: "~", words: "fewer than ten runs: no step can be told from noise" },
};

const TITLES = { history: "History", executive: "Summary", dashboard: "Dashboard" } as const;

function Tiles({ page }: { page: ChroniclePageData }) {
    const worse = page.events.filter((event) => event.worse).length;
    const tiles: [number, string, string, string][] = [
        [page.counts.WORSE, "Worse", "than at the beginning", page.counts.WORSE > 0 ? "bad" : "none"],
        [page.counts.BETTER, "Better", "than at the beginning", page.counts.BETTER > 0 ? "good" : "none"],
        [page.counts.LEVEL, "Level", `no more than ${together(page.margin)} away`, "none"],
        [page.counts.UNKNOWN, "Too short", "fewer than ten runs", "none"],
        [worse, "Steps for the worse", `from ${page.margin} on`, worse > 0 ? "bad" : "none"],
        [page.events.length - worse, "Steps for the better", `from ${page.margin} on`, "none"],
        [page.indebted.length, "Behind their best", "not won back yet", page.indebted.length > 0 ? "suspect" : "none"],
    ];
    return (
        <ul class="tiles" aria-label="In numbers">
            {tiles.map(([number, name, words, tone]) => (
                <li key={name} class={`tile ${tone}`}>
                    <b>{number}</b>
                    <span>{name}</span>
                    <small>{words}</small>
                </li>
            ))}
        </ul>
    );
}

/** Every step of the period, the newest first. */
function Steps({ page, prefix, first }: { page: ChroniclePageData; prefix: string; first: number }) {
    return (
        <section class="panel">
            <h2>
                Steps <span class="count">{page.events.length}</span>
            </h2>
            {page.events.length === 0 && <p class="muted">No series changed its level in this period.</p>}
            <More all={page.events.length} first={first}>
                {(shown) => (
                    <ol class="timeline">
                        {page.events.slice(0, shown).map((event) => {
                            const series = page.series[event.series];
                            return (
                                series && (
                                    <li key={`${series.id}-${event.at}`}>
                                        <span class="muted">{(page.runs.time[event.run] ?? "").slice(0, 10)}</span>
                                        <b class={event.worse ? "worse" : "better"}>
                                            <span aria-hidden="true">{event.worse ? "✗" : "✓"}</span> {event.text}
                                            <span class="hidden"> for the {event.worse ? "worse" : "better"}</span>
                                            <small>{event.interval}</small>
                                        </b>
                                        <span>
                                            <SeriesLink series={series} prefix={prefix} />
                                            <small>
                                                {visible(event.before)} → {visible(event.after)} at{" "}
                                                <CommitOf run={event.run} page={page} />
                                                {event.open ? ", not won back yet" : ""}
                                            </small>
                                        </span>
                                    </li>
                                )
                            );
                        })}
                    </ol>
                )}
            </More>
        </section>
    );
}

/** Incidents, or single steps where nobody looked for what belongs together. */
function Happenings({ page, prefix, first }: { page: ChroniclePageData; prefix: string; first: number }) {
    return page.incidents ? (
        <Incidents page={page} prefix={prefix} incidents={page.incidents} first={first} />
    ) : (
        <Steps page={page} prefix={prefix} first={first} />
    );
}

/** What nobody has won back yet, the largest first. */
function BehindBest({ page, prefix, first }: { page: ChroniclePageData; prefix: string; first: number }) {
    const largest = page.series[page.indebted[0] ?? -1]?.trend?.debt ?? 1;
    const rows = page.indebted.flatMap((place) => page.series[place] ?? []);
    return (
        <Frame
            title={`Behind their best (${page.indebted.length})`}
            note="How far a series is behind its best level of this period."
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
            {page.indebted.length === 0 && <p>Every series is at its best level.</p>}
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
                                        <span class="amount">
                                            {series.trend?.debtText} <small>{series.trend?.debtRange}</small>
                                        </span>
                                        <span
                                            class="bar"
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
function isTold({ trend }: SeriesData): boolean {
    return trend?.standing === "WORSE" || trend?.standing === "BETTER";
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
    const worst: Record<Standing, number> = { WORSE: 0, BETTER: 1, LEVEL: 2, UNKNOWN: 3 };
    const columns: Column[] = [
        {
            id: "verdict",
            title: "Standing",
            // what moved most comes first
            sort: ({ trend }) => worst[trend?.standing ?? "UNKNOWN"] + 1 / (2 + Math.abs(trend?.change ?? 0)),
            cell: (series) => {
                const standing = series.trend?.standing ?? "UNKNOWN";
                const tone = { WORSE: "regressed", BETTER: "improved", LEVEL: "", UNKNOWN: "" }[standing];
                return (
                    <span class={`verdict ${tone}`}>
                        <span aria-hidden="true">{STANDINGS[standing].sign}</span>{" "}
                        {STANDINGS[standing].name.toLowerCase()}
                    </span>
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
                const standing = series.trend?.standing;
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
                <Spark course={courseOf(series, page)} tone={(series.trend?.standing ?? "").toLowerCase()} />
            ),
        },
    ];
    const chips = (Object.keys(STANDINGS) as Standing[]).map((standing) => ({
        id: standing,
        title: STANDINGS[standing].name,
        sign: STANDINGS[standing].sign,
        words: STANDINGS[standing].words,
        count: page.counts[standing],
    }));
    const bundles = useMemo(() => {
        const placeOf = ({ label, environment, branch }: SeriesData) => JSON.stringify([label, environment, branch]);
        const judged = new Set(page.benchmarks.flatMap(({ series }) => series));
        const context = new Map<string, number[]>();
        for (const [place, series] of page.series.entries()) {
            if (!judged.has(place)) {
                context.set(placeOf(series), [...(context.get(placeOf(series)) ?? []), place]);
            }
        }
        return page.benchmarks.map(({ standing, series }) => ({
            places: [...series, ...(context.get(placeOf(page.series[series[0] ?? -1] as SeriesData)) ?? [])],
            chip: standing,
        }));
    }, [page]);
    const table = (
        <SeriesTable
            page={page}
            columns={columns}
            chips={chips}
            bundles={bundles}
            stands={isTold}
            chosen={chosen}
            choose={choose}
            caption="Every series"
            sorted="verdict"
        />
    );
    const tone =
        page.benchmarks.length === page.counts.UNKNOWN ? "undecided" : page.counts.WORSE > 0 ? "closed" : "open";
    const any = page.series.length > 0;
    return (
        <>
            <Header title={TITLES[page.page]} page={page} />
            <main id="main">
                <section class={`banner ${tone}`} aria-label="In short">
                    <div>
                        <h1>{visible(page.title)}</h1>
                        <p class="counted">{page.headline}</p>
                        <p class="reason">
                            {page.since} to {page.until}
                        </p>
                    </div>
                </section>
                <Tiles page={page} />
                {prefix && (
                    <p class="meta">
                        <span>
                            all benchmarks are in <bdi>{visible(withoutSeparator(prefix))}</bdi>
                        </span>
                    </p>
                )}
                {page.page !== "history" && <Strings title="Facts" strings={page.facts} />}
                {page.page === "executive" && any && (
                    <>
                        <div class="grid">
                            <WeeksChart page={page} />
                            <StandingChart page={page} />
                        </div>
                        <div class="grid">
                            <BehindBest page={page} prefix={prefix} first={8} />
                            <Happenings page={page} prefix={prefix} first={8} />
                        </div>
                    </>
                )}
                {page.page === "dashboard" && any && (
                    <>
                        <TrendsChart page={page} prefix={prefix} />
                        <HealthGauges page={page} prefix={prefix} />
                        <div class="grid">
                            <WeeksChart page={page} />
                            <StandingChart page={page} />
                        </div>
                        {page.incidents && page.incidents.length > 0 ? (
                            <IncidentsChart page={page} incidents={page.incidents} />
                        ) : (
                            <TimelineChart page={page} events={page.events} prefix={prefix} />
                        )}
                        <HeatmapChart page={page} prefix={prefix} />
                        <div class="grid">
                            <ScatterChart page={page} prefix={prefix} />
                            <SpreadChart page={page} prefix={prefix} />
                        </div>
                        <StabilityGauges page={page} prefix={prefix} />
                        <div class="grid">
                            <BehindBest page={page} prefix={prefix} first={10} />
                            <Happenings page={page} prefix={prefix} first={10} />
                        </div>
                    </>
                )}
                {table}
                {page.page === "history" && any && <Steps page={page} prefix={prefix} first={20} />}
            </main>
            <footer>
                A change counts from {page.margin} on. Levels are those between confirmed steps; what a single run shows
                is noise until a step is confirmed. Plumbline {visible(page.version)}
            </footer>
        </>
    );
}
