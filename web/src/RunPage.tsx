import { useMemo, useState } from "preact/hooks";
import { Causes, OpenIncidents, OtherCauses } from "./CauseCards";
import { Commands } from "./CommandLines";
import { causesOfIncidents, causesOfRun, withoutShown } from "./causes";
import { commandsOf } from "./commands";
import { courseOf, isAlwaysZero, type RunPageData, type SeriesData, stopsGate } from "./data";
import { count, together, visible } from "./format";
import { commonPrefix, parted, withoutSeparator } from "./names";
import {
    Folded,
    GROUP_ORDER,
    GROUPS,
    Header,
    MetricLink,
    Place,
    SeriesLink,
    Spark,
    Step,
    Strings,
    toneOf,
    Verdict,
} from "./parts";
import { RunCharts } from "./RunCharts";
import { type Bundle, type Column, type Fold, SeriesTable } from "./SeriesTable";

const STATES = {
    OPEN: { sign: "✓", tone: "open" },
    CLOSED: { sign: "✗", tone: "closed" },
    UNDECIDED: { sign: "?", tone: "undecided" },
    UNJUDGED: { sign: "…", tone: "undecided" },
} as const;

function Environment({ page }: { page: RunPageData }) {
    if (page.environment.length === 0) {
        return null;
    }
    const differs = page.environment.filter(([, before, after]) => before !== after);
    const alike = page.environment.filter(([, before, after]) => before === after);
    const rows = (facts: RunPageData["environment"]) =>
        facts.map(([name, before, after]) => (
            <tr key={name} class={page.hasReference && before !== after ? "differs" : ""}>
                <th scope="row">{visible(name)}</th>
                {page.hasReference && (
                    <td>
                        <bdi>{visible(before) || "–"}</bdi>
                    </td>
                )}
                <td>
                    <bdi>{visible(after) || "–"}</bdi>
                </td>
            </tr>
        ));
    const words = !page.hasReference
        ? "facts of the machine"
        : differs.length === 0
          ? "nothing differs"
          : `${differs.length} ${differs.length === 1 ? "fact differs" : "facts differ"}`;
    return (
        <section>
            <details
                class={differs.length > 0 ? "block paper" : "block"}
                open={page.hasReference && differs.length > 0 && differs.length < 8}
            >
                <summary>
                    <h2>Environment</h2> <span class="muted">{words}</span>
                </summary>
                <section class="scroll" tabIndex={0} aria-label="Facts of the environment">
                    <table class="plain environment">
                        <thead>
                            <tr>
                                <th scope="col">Fact</th>
                                {page.hasReference && <th scope="col">Reference</th>}
                                <th scope="col">Judged</th>
                            </tr>
                        </thead>
                        <tbody>
                            {rows(differs)}
                            {rows(alike)}
                        </tbody>
                    </table>
                </section>
            </details>
        </section>
    );
}

/** Whether the change is more than noise, or may be: only then has it a colour. */
function toldIn(series: SeriesData): boolean {
    return (
        series.finding?.limit !== undefined ||
        ["REGRESSED", "SUSPECT", "KNOWN", "IMPROVED"].includes(series.finding?.group ?? "")
    );
}

/** Whether a note says that a regression is over, which stands above the details. */
function isRecovered(note: string): boolean {
    return note.startsWith("recovered: ");
}

function isNotZero(series: SeriesData): boolean {
    return !isAlwaysZero(series);
}

/** How far from zero the intervals are drawn: nine in ten of them are there as a whole. */
function reachOf(page: RunPageData): number {
    const far = page.series
        .flatMap(({ finding }) => (finding?.effect?.bounds ? [Math.max(...finding.effect.bounds.map(Math.abs))] : []))
        .sort((one, other) => one - other);
    return Math.max(3 * page.policy.marginShare, far[Math.floor(0.9 * (far.length - 1))] ?? 0);
}

/** A change and its interval on a line with zero and the margin; in place of a history where there is none. */
function IntervalMark({ series, reach }: { series: SeriesData; reach: number }) {
    const effect = series.finding?.effect;
    if (effect?.relative === undefined || !effect.bounds) {
        return <span class="muted">–</span>;
    }
    const margin = series.finding?.margin ?? 0;
    const x = (share: number) => (60 + 56 * Math.max(-1, Math.min(1, share / reach))).toFixed(1);
    return (
        <svg class="interval" viewBox="0 0 120 26" width="120" height="26" aria-hidden="true">
            <rect
                class="margin"
                x={x(-margin)}
                y="3"
                width={(Number(x(margin)) - Number(x(-margin))).toFixed(1)}
                height="20"
            />
            <path class="zero" d="M60 2v22" />
            <path class={toneOf(series.finding?.group)} d={`M${x(effect.bounds[0])} 13H${x(effect.bounds[1])}`} />
            <circle class={toneOf(series.finding?.group)} cx={x(effect.relative)} cy="13" r="3.4" />
        </svg>
    );
}

/** The size of a change without its sign; of a benchmark that of the metric that stands for it. */
function sizeOf(place: number | undefined, page: RunPageData): number {
    return Math.abs(page.series[place ?? -1]?.finding?.effect?.relative ?? 0);
}

/** The largest of the changes that noise may have made. */
function largestWords(page: RunPageData, place: number | undefined): string {
    const series = page.series[place ?? -1];
    return series?.finding?.effect ? `, largest ${series.finding.effect.text}` : "";
}

/** The benchmarks with their metrics; of which nothing is known, or nothing but zero, in folds, the largest first. */
function bundlesOf(page: RunPageData, young: boolean): Bundle[] {
    const shown: Bundle[] = [];
    const inconclusive: Bundle[] = [];
    for (const { group: worst, quiet, series, context } of page.benchmarks) {
        const group = quiet ? "WITHIN_NOISE" : worst;
        const all = series.map((place) => page.series[place]);
        const isTold = all.some((one) => one && (toldIn(one) || stopsGate(one)));
        const fold = isTold
            ? undefined
            : all.every((one) => one && isAlwaysZero(one))
              ? "ZERO"
              : !young && ["INCONCLUSIVE", "WITHIN_NOISE", "NOT_COMPARABLE"].includes(group)
                ? group
                : undefined;
        const bundle: Bundle = {
            places: series,
            chip: group,
            ...(context && {
                beside: `context, not judged: ${context.map(([metric, value]) => `${visible(metric)} ${value}`).join(", ")}`,
            }),
            ...(fold && { fold }),
        };
        (fold === "INCONCLUSIVE" || fold === "WITHIN_NOISE" ? inconclusive : shown).push(bundle);
    }
    inconclusive.sort((one, other) => sizeOf(other.places[0], page) - sizeOf(one.places[0], page));
    return [...shown, ...inconclusive];
}

/** How young the history is: runs before this one, and how many more are needed; undefined where it judges. */
function youthOf(page: RunPageData): { runs: number; more: number } | undefined {
    const all = page.benchmarks.flatMap(({ series }) => page.series[series[0] ?? -1]?.finding ?? []);
    if (all.length === 0 || all.some(({ young }) => !young)) {
        return undefined;
    }
    return {
        runs: Math.max(...all.map(({ young }) => young?.runs ?? 0)),
        more: Math.max(...all.map(({ young }) => young?.more ?? 0)),
    };
}

/** {@code First run recorded; verdicts need 5 more}. */
function youthWords({ runs, more }: { runs: number; more: number }): string {
    const recorded = runs === 0 ? "First run recorded" : `${runs + 1} runs recorded`;
    return more > 0 ? `${recorded}; verdicts need ${more} more` : recorded;
}

/** What a check or a comparison found. */
export function RunPage({ page }: { page: RunPageData }) {
    const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
    const state = STATES[page.gate.unjudged ? "UNJUDGED" : page.gate.state];
    const prefix = useMemo(() => commonPrefix(page.series.map((series) => series.name ?? series.label)), [page]);
    const hasHistory = useMemo(() => page.series.some((series) => (series.course?.values ?? "") !== ""), [page]);
    const reach = useMemo(() => reachOf(page), [page]);
    const places = useMemo(() => new Map(page.series.map((series, place) => [series, place])), [page]);
    const causes = useMemo(() => causesOfRun(page), [page]);
    const young = useMemo(() => youthOf(page), [page]);
    const worse = causes.filter(({ tone }) => tone !== "better");
    const certain = worse.filter(({ tone }) => tone !== "suspect");
    const possible = worse.filter(({ tone }) => tone === "suspect");
    const others = withoutShown(page.incidents ?? [], worse);
    const head = page.series[worse[0]?.hits[0]?.series ?? -1];
    const nameOf = (series: SeriesData) => visible(parted(series).name.slice(prefix.length)).slice(0, 80);
    const columns: Column[] = [
        {
            id: "verdict",
            title: "Verdict",
            sort: (series) => places.get(series) ?? 0,
            cell: (series) => series.finding && <Verdict finding={series.finding} />,
        },
        {
            id: "label",
            title: "Benchmark",
            sort: (series) => series.label.toLowerCase(),
            cell: (series, beneath) =>
                beneath ? <MetricLink series={series} /> : <SeriesLink series={series} prefix={prefix} />,
        },
        {
            id: "levels",
            title: young?.runs === 0 ? "Value" : "Before → after",
            wide: true,
            cell: (series) =>
                series.finding?.effect ? (
                    <span class="levels">
                        {together(visible(series.finding.effect.before))} →{" "}
                        {together(visible(series.finding.effect.after))}
                    </span>
                ) : (
                    series.finding?.value && <span class="levels">{together(visible(series.finding.value))}</span>
                ),
        },
        {
            id: "change",
            title: "Change",
            number: true,
            sort: (series) => series.finding?.limit?.relative ?? series.finding?.effect?.relative ?? Number.NaN,
            cell: (series) => {
                const effect = series.finding?.effect;
                const limit = series.finding?.limit;
                if (limit?.text) {
                    return (
                        <>
                            <b class="worse">{limit.text}</b>
                            <small>from the mean</small>
                        </>
                    );
                }
                return (
                    effect && (
                        <>
                            <b class={toldIn(series) ? (effect.worse ? "worse" : "better") : ""}>{effect.text}</b>
                            <small>{effect.interval}</small>
                        </>
                    )
                );
            },
        },
        hasHistory
            ? {
                  id: "history",
                  title: "History",
                  cell: (series) => <Spark course={courseOf(series, page)} tone={toneOf(series.finding?.group)} />,
              }
            : {
                  id: "history",
                  title: "Interval",
                  cell: (series) => <IntervalMark series={series} reach={reach} />,
              },
    ];
    const chips = GROUP_ORDER.map((group) => ({
        id: group,
        title: group === "MISSING" ? "Missing a metric" : GROUPS[group].name,
        sign: GROUPS[group].sign,
        words: GROUPS[group].words,
        // what is missing as a whole has no row
        count: group === "MISSING" ? page.benchmarks.filter((one) => one.group === group).length : page.counts[group],
    }));
    const bundles = useMemo(() => bundlesOf(page, young !== undefined), [page, young]);
    const largestOf = (id: string) => largestWords(page, bundles.find(({ fold }) => fold === id)?.places[0]);
    const folds: Fold[] = [
        { id: "INCONCLUSIVE", title: (rows) => `${rows} inconclusive${largestOf("INCONCLUSIVE")}` },
        { id: "WITHIN_NOISE", title: (rows) => `${rows} within noise${largestOf("WITHIN_NOISE")}` },
        { id: "NOT_COMPARABLE", title: (rows) => `${rows} not comparable` },
        { id: "ZERO", title: (rows) => `${rows} always 0` },
    ];
    const warnings = new Map<string, string[]>();
    for (const { series } of page.benchmarks) {
        const metrics = new Map<string, string[]>();
        for (const place of series) {
            for (const warning of new Set(page.series[place]?.finding?.warnings)) {
                metrics.set(warning, [...(metrics.get(warning) ?? []), page.series[place]?.metric ?? ""]);
            }
        }
        const label = page.series[series[0] ?? -1]?.label ?? "";
        for (const [warning, names] of metrics) {
            const named = names.length === 1 ? names[0] : `(${names.join(", ")})`;
            warnings.set(warning, [...(warnings.get(warning) ?? []), `${label} ${named}`]);
        }
    }
    // what this change did comes first; where it did nothing, what is wrong anyway
    const open = (
        <OpenIncidents
            page={page}
            causes={causesOfIncidents(others, page)}
            above={(page.incidents?.length ?? 0) - others.length}
            called={page.called ?? []}
            words={page.open ?? ""}
            prefix={prefix}
        />
    );
    return (
        <>
            <Header title={page.kind === "CHECK" ? "Check" : "Comparison"} page={page} />
            <main id="main">
                <Place page={page} />
                <section class={`banner ${state.tone}`} aria-label="The verdict">
                    <span class="banner-sign" aria-hidden="true">
                        {state.sign}
                    </span>
                    <div>
                        <h1>{page.gate.words}</h1>
                        <p class="counted">{young ? youthWords(young) : page.counted}</p>
                        {(worse.length === 0 || page.gate.state === "UNDECIDED") &&
                            page.gate.reason &&
                            page.gate.reason !== page.counted && (
                                <p class="reason">
                                    <bdi dir="ltr">{visible(page.gate.reason)}</bdi>
                                </p>
                            )}
                        {page.gate.state === "UNDECIDED" && page.gate.next && (
                            <p>
                                Next: <Step text={page.gate.next} />
                            </p>
                        )}
                        {page.odd && <p class="reason">⚠ {visible(page.odd)}</p>}
                        {page.notes.filter(isRecovered).map((note) => (
                            <p class="reason" key={note}>
                                <bdi dir="ltr">{visible(note)}</bdi>
                            </p>
                        ))}
                        {page.gate.reasons.length > 1 && (
                            <details class="paper">
                                <summary>All reasons ({count(page.gate.reasons.length)})</summary>
                                <ul>
                                    {page.gate.reasons.map((reason) => (
                                        <li key={reason}>
                                            <bdi dir="ltr">{visible(reason)}</bdi>
                                        </li>
                                    ))}
                                </ul>
                            </details>
                        )}
                    </div>
                </section>
                {worse.length === 0 && open}
                <Causes title="What got worse" causes={certain} page={page} prefix={prefix} first={6} />
                <Causes title="Possible regressions" causes={possible} page={page} prefix={prefix} first={6} />
                {head?.finding && (
                    <Commands commands={commandsOf(head.finding)} title={`Commands for ${nameOf(head)}`} />
                )}
                {worse.length > 0 && open}
                <Strings title="Missing from this run" strings={page.missing} tone="bad" />
                {page.next.length > 0 &&
                    (page.odd !== undefined || (page.gate.state !== "OPEN" && worse.length === 0)) && (
                        <section class="panel next">
                            <h2>Next steps</h2>
                            <ul>
                                {page.next.map((step) => (
                                    <li key={step}>
                                        <bdi dir="ltr">{visible(step)}</bdi>
                                    </li>
                                ))}
                            </ul>
                        </section>
                    )}
                <OtherCauses
                    title="What got better"
                    causes={causes.filter(({ tone }) => tone === "better")}
                    page={page}
                    prefix={prefix}
                />
                {page.view === "dashboard" && !young && <RunCharts page={page} prefix={prefix} />}
                <SeriesTable
                    page={page}
                    columns={young ? columns.filter(({ id }) => id === "label" || id === "levels") : columns}
                    chips={young ? [] : chips}
                    bundles={bundles}
                    folds={folds}
                    stands={young ? isNotZero : toldIn}
                    chosen={chosen}
                    choose={choose}
                    caption="Every judged benchmark, the worst first"
                />
                <Strings title="Problems" strings={page.problems} tone="bad" />
                <Environment page={page} />
                <Folded
                    title="Warnings"
                    strings={[...warnings].map(([warning, names]) =>
                        names.length > 5 && names.length === page.benchmarks.length
                            ? `${warning} — all ${names.length} of them`
                            : `${warning} — ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`,
                    )}
                />
                <Folded title="Notes" strings={page.notes.filter((note) => !isRecovered(note))} />
                <details class="block paper">
                    <summary>
                        <h2>How it was judged</h2>
                    </summary>
                    <dl class="facts plain-facts">
                        {page.base && (
                            <div>
                                <dt>Against</dt>
                                <dd>
                                    <bdi dir="ltr">{visible(page.base)}</bdi>
                                </dd>
                            </div>
                        )}
                        {page.candidates.slice(0, 3).map((candidate) => (
                            <div key={candidate.run}>
                                <dt>Measured</dt>
                                <dd>
                                    {candidate.measured} in environment <bdi>{visible(candidate.environment)}</bdi>
                                </dd>
                            </div>
                        ))}
                        {prefix && (
                            <div>
                                <dt>All benchmarks are in</dt>
                                <dd>
                                    <bdi>{visible(withoutSeparator(prefix))}</bdi>
                                </dd>
                            </div>
                        )}
                        <div>
                            <dt>Margin, confidence, runs</dt>
                            <dd>
                                Changes below {page.policy.margin} do not count. Intervals have {page.policy.confidence}{" "}
                                confidence. At most {page.policy.suiteErrorRate} of healthy runs get a false alarm. A
                                series is judged after {page.policy.minimumRuns} runs.
                            </dd>
                        </div>
                    </dl>
                </details>
            </main>
            <footer>Plumbline {visible(page.version)}</footer>
        </>
    );
}
