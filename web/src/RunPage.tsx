import { useMemo, useState } from "preact/hooks";
import { courseOf, type RunPageData, regressedOf, type SeriesData } from "./data";
import { together, visible } from "./format";
import { commonPrefix, withoutSeparator } from "./names";
import {
    CommitOf,
    GROUP_ORDER,
    GROUPS,
    Header,
    MetricLink,
    SeriesLink,
    Spark,
    Strings,
    toneOf,
    Verdict,
} from "./parts";
import { RunCharts } from "./RunCharts";
import { type Column, SeriesTable } from "./SeriesTable";

const STATES = {
    OPEN: { sign: "✓", tone: "open" },
    CLOSED: { sign: "✗", tone: "closed" },
    UNDECIDED: { sign: "?", tone: "undecided" },
} as const;

function Overview({ page }: { page: RunPageData }) {
    const parts = GROUP_ORDER.map((group) => ({ group, count: page.counts[group] })).filter(({ count }) => count > 0);
    const total = parts.reduce((sum, part) => sum + part.count, 0);
    if (total === 0) {
        return null;
    }
    return (
        <div
            class="overview"
            role="img"
            aria-label={parts.map((part) => `${part.count} ${GROUPS[part.group].name.toLowerCase()}`).join(", ")}
        >
            {parts.map(({ group, count }) => (
                <span
                    key={group}
                    class={`part ${group.toLowerCase()}`}
                    style={{ flexGrow: String(Math.max(count, total / 60)) }}
                >
                    <span>
                        {GROUPS[group].sign} {count}
                    </span>
                </span>
            ))}
        </div>
    );
}

function Severities({ page }: { page: RunPageData }) {
    const count = (severity: string) => regressedOf(page, severity);
    const all: [string, number, string][] = [
        ["Critical", count("CRITICAL"), `from ${page.policy.critical} on`],
        ["Major", count("MAJOR"), `from ${page.policy.major} on`],
        ["Minor", count("MINOR"), `from ${page.policy.minor} on`],
    ];
    return (
        <ul class="tiles" aria-label="Regressions by severity">
            {all.map(([name, number, words]) => (
                <li key={name} class={`tile ${number > 0 ? name.toLowerCase() : "none"}`}>
                    <b>{number}</b>
                    <span>{name}</span>
                    <small>{words}</small>
                </li>
            ))}
            <li class={`tile ${page.counts.SUSPECT > 0 ? "suspect" : "none"}`}>
                <b>{page.counts.SUSPECT}</b>
                <span>Suspect</span>
                <small>wants another run</small>
            </li>
            {page.counts.KNOWN > 0 && (
                <li class="tile none">
                    <b>{page.counts.KNOWN}</b>
                    <span>Known</span>
                    <small>somebody said what it is</small>
                </li>
            )}
            <li class={`tile ${page.counts.IMPROVED > 0 ? "improved" : "none"}`}>
                <b>{page.counts.IMPROVED}</b>
                <span>Improved</span>
                <small>from {page.policy.margin} on</small>
            </li>
            <li class="tile none">
                <b>{page.counts.UNCHANGED}</b>
                <span>Unchanged</span>
                <small>sure to lie inside {together(page.policy.unchangedMargin)}</small>
            </li>
            <li class={`tile none ${page.counts.MISSING > 0 ? "missing" : ""}`}>
                <b>{page.counts.INCONCLUSIVE + page.counts.NOT_COMPARABLE + page.counts.MISSING}</b>
                <span>No verdict</span>
                <small>
                    {page.counts.MISSING > 0
                        ? `${page.counts.MISSING} of them missing`
                        : "small, too noisy, too new, no match"}
                </small>
            </li>
        </ul>
    );
}

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
        ? "what is known of it"
        : differs.length === 0
          ? "nothing differs"
          : `${differs.length} ${differs.length === 1 ? "fact differs" : "facts differ"}`;
    return (
        <section>
            <details
                class={differs.length > 0 ? "block paper" : "block"}
                open={page.view === "dashboard" || (page.hasReference && differs.length > 0 && differs.length < 8)}
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
    return ["REGRESSED", "SUSPECT", "KNOWN", "IMPROVED"].includes(series.finding?.group ?? "");
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

/** What a check or a comparison found. */
export function RunPage({ page }: { page: RunPageData }) {
    const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
    const state = STATES[page.gate.state];
    const prefix = useMemo(() => commonPrefix(page.series.map((series) => series.name ?? series.label)), [page]);
    const hasHistory = useMemo(() => page.series.some((series) => (series.course?.values ?? "") !== ""), [page]);
    const reach = useMemo(() => reachOf(page), [page]);
    const columns: Column[] = [
        {
            id: "verdict",
            title: "Verdict",
            sort: (series) => page.series.indexOf(series),
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
            title: "Before → after",
            wide: true,
            cell: (series) =>
                series.finding?.effect && (
                    <span class="levels">
                        {together(visible(series.finding.effect.before))} →{" "}
                        {together(visible(series.finding.effect.after))}
                    </span>
                ),
        },
        {
            id: "change",
            title: "Change",
            number: true,
            sort: (series) => series.finding?.effect?.relative ?? Number.NaN,
            cell: (series) => {
                const effect = series.finding?.effect;
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
        {
            id: "p",
            title: "p",
            number: true,
            wide: true,
            sort: (series) => (series.finding?.p ? Number(series.finding.p.replace("< ", "")) : Number.NaN),
            cell: (series) => series.finding?.p ?? "",
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
    const bundles = useMemo(
        () =>
            page.benchmarks.map(({ group, series, context }) => ({
                places: series,
                chip: group,
                ...(context && {
                    beside: `context, not judged: ${context.map(([metric, value]) => `${visible(metric)} ${value}`).join(", ")}`,
                }),
            })),
        [page],
    );
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
    return (
        <>
            <Header title={page.kind === "CHECK" ? "Check" : "Comparison"} page={page} />
            <main id="main">
                <section class={`banner ${state.tone}`} aria-label="The verdict">
                    <span class="banner-sign" aria-hidden="true">
                        {state.sign}
                    </span>
                    <div>
                        <h1>{page.gate.words}</h1>
                        <p class="counted">{page.counted}</p>
                        {page.gate.reason && page.gate.reason !== page.counted && (
                            <p class="reason">
                                <bdi>{visible(page.gate.reason)}</bdi>
                            </p>
                        )}
                        {page.odd && <p class="reason">⚠ {visible(page.odd)}</p>}
                        {page.gate.reasons.length > 1 && (
                            <details class="paper">
                                <summary>Every reason ({page.gate.reasons.length})</summary>
                                <ul>
                                    {page.gate.reasons.map((reason) => (
                                        <li key={reason}>
                                            <bdi>{visible(reason)}</bdi>
                                        </li>
                                    ))}
                                </ul>
                            </details>
                        )}
                    </div>
                </section>
                <p class="meta">
                    {page.candidates.slice(0, 3).map((candidate) => (
                        <span key={candidate.run}>
                            <b>
                                {page.runs.commit[candidate.run] ? (
                                    <CommitOf run={candidate.run} page={page} />
                                ) : (
                                    <bdi>{visible(page.runs.id[candidate.run] || "an unknown commit")}</bdi>
                                )}
                            </b>{" "}
                            on <bdi>{visible(page.runs.branch[candidate.run] ?? "")}</bdi>, measured{" "}
                            {candidate.measured} in environment <bdi>{visible(candidate.environment)}</bdi>
                        </span>
                    ))}
                    {page.candidates.length > 3 && <span>and {page.candidates.length - 3} more runs</span>}
                    {prefix && (
                        <span>
                            all benchmarks are in <bdi>{visible(withoutSeparator(prefix))}</bdi>
                        </span>
                    )}
                    {page.base && (
                        <span>
                            against <bdi>{visible(page.base)}</bdi>
                        </span>
                    )}
                </p>
                <Severities page={page} />
                <Overview page={page} />
                <Strings title="Missing from this run" strings={page.missing} tone="bad" />
                {page.next.length > 0 && (
                    <section class="panel next">
                        <h2>What to do next</h2>
                        <ul>
                            {page.next.map((step) => (
                                <li key={step}>
                                    <bdi>{visible(step)}</bdi>
                                </li>
                            ))}
                        </ul>
                    </section>
                )}
                {page.view === "dashboard" && <RunCharts page={page} prefix={prefix} />}
                <SeriesTable
                    page={page}
                    columns={columns}
                    chips={chips}
                    bundles={bundles}
                    stands={toldIn}
                    chosen={chosen}
                    choose={choose}
                    caption="Every judged benchmark, the worst first"
                />
                <Environment page={page} />
                <Strings title="Problems" strings={page.problems} tone="bad" />
                <Strings
                    title="Warnings"
                    strings={[...warnings].map(([warning, names]) =>
                        names.length > 5 && names.length === page.benchmarks.length
                            ? `${warning} — all ${names.length} of them`
                            : `${warning} — ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`,
                    )}
                />
                <Strings title="Notes" strings={page.notes} />
            </main>
            <footer>
                A change counts from {page.policy.margin} on; intervals have {page.policy.confidence} confidence; at
                most {page.policy.suiteErrorRate} of healthy suites are to have any false alarm;{" "}
                {page.policy.minimumRuns} runs are needed before anything is judged. Plumbline {visible(page.version)}
            </footer>
        </>
    );
}
