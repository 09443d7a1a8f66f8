import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { DistributionChart } from "./DistributionChart";
import { courseOf, type PackedCourse, type PageData, type SeriesData } from "./data";
import { visible } from "./format";
import { HistoryChart } from "./HistoryChart";
import { Commit, CommitOf, GROUPS, Name, Verdict } from "./parts";
import { hrefTo, type Route } from "./route";

function conclusion(series: SeriesData): string {
    const finding = series.finding;
    if (!finding) {
        return "";
    }
    switch (finding.group) {
        case "REGRESSED":
        case "KNOWN":
        case "IMPROVED":
            return `It ${finding.change ?? "changed"}.`;
        case "UNCHANGED":
            return "Whatever difference there is lies inside the margin.";
        case "SUSPECT":
            return "It may have regressed; another run of the same commit would tell.";
        case "INCONCLUSIVE":
            return "Not decided yet.";
        case "NOT_COMPARABLE":
            return "It cannot be compared.";
    }
}

/** Behind a number, between which bounds it lies with 95 % confidence. */
function between(range: string): string {
    return range ? ` (${range})` : "";
}

const OUTCOMES = { P: "went on", D: "decided", N: "noted" } as const;

/** Everything there is to tell of one series. */
export function Detail({ series, page, route }: { series: SeriesData; page: PageData; route: Route }) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        heading.current?.focus({ preventScroll: true });
        scrollTo(0, 0);
    }, [series]);
    const place = page.series.indexOf(series);
    const before = page.series[place - 1];
    const after = page.series[place + 1];
    const { finding, trend } = series;
    const course = courseOf(series, page);
    const drawn = course && course.values.length > 0 ? course : undefined;
    const facts: [string, string | VNode][] = [];
    if (finding?.effect) {
        facts.push(["Levels", `${finding.effect.before} → ${finding.effect.after}`]);
        facts.push([
            "Change",
            finding.effect.interval
                ? `${finding.effect.text}, with ${finding.effect.confidence} confidence ${finding.effect.interval}`
                : finding.effect.text,
        ]);
    }
    if (finding?.baseline) {
        const { runs, level, deviation, deviationRange, interval, first, last } = finding.baseline;
        facts.push(["Baseline", `${level} (${interval}) from ${runs} ${runs === 1 ? "run" : "runs"}`]);
        facts.push(["Noise", `${deviation}${between(deviationRange)} from run to run (standard deviation)`]);
        facts.push([
            "Baseline runs",
            <>
                <CommitOf run={first} page={page} /> ({page.runs.time[first] ?? ""}) to{" "}
                <CommitOf run={last} page={page} /> ({page.runs.time[last] ?? ""})
            </>,
        ]);
    }
    if (finding?.p) {
        facts.push(["p-value", `${finding.p}, adjusted for the whole suite`]);
    }
    if (finding?.sees) {
        facts.push(["Sees", `a judgement like this detects ≥ ${finding.sees}, with 99 % probability`]);
    }
    if (finding?.since) {
        facts.push([
            "Since",
            <>
                commit <Commit id={finding.since} page={page} />
            </>,
        ]);
    }
    if (trend) {
        const level = `${trend.level}${trend.levelError ? ` ${trend.levelError}` : ""}`;
        facts.push(["Level", trend.interval ? `${trend.before} → ${level}` : level]);
        facts.push([
            "In the period",
            trend.interval ? `${trend.text}, with 95 % confidence ${trend.interval}` : "no step was found",
        ]);
        facts.push(["Noise", `${trend.noiseText}${between(trend.noiseRange)}`]);
        if (trend.debtText) {
            facts.push(["Behind its best", `${trend.debtText}${between(trend.debtRange)}`]);
        }
    }
    if (finding?.secondary) {
        facts.push(["Role", "secondary: judged and shown with its benchmark, does not fail the gate"]);
    }
    facts.push(["Better is", series.higher ? "higher" : "lower"]);
    facts.push(["Where", `environment ${series.environment}, branch ${series.branch}`]);
    const display: PackedCourse | undefined = series.course;
    return (
        <main class="detail" id="main">
            <nav class="crumbs" aria-label="Benchmarks">
                <a class="tool" href={hrefTo({})}>
                    ← All benchmarks
                </a>
                <span>
                    {before && (
                        <a class="tool" href={hrefTo({ s: before.id })} rel="prev">
                            Previous
                        </a>
                    )}
                    {after && (
                        <a class="tool" href={hrefTo({ s: after.id })} rel="next">
                            Next
                        </a>
                    )}
                </span>
            </nav>
            <div class="headline">
                {finding && <Verdict finding={finding} />}
                <h1 ref={heading} tabIndex={-1}>
                    <Name text={series.label} /> <span class="metric">{visible(series.metric)}</span>
                </h1>
                {finding && (
                    <p class="why">
                        <strong>{conclusion(series)}</strong> {finding.blocks && <em>It stands against the gate. </em>}
                        <bdi>{visible(finding.why)}</bdi>
                    </p>
                )}
                {finding?.said && (
                    <p class="why">
                        <bdi>{visible(finding.said)}</bdi>
                    </p>
                )}
                {[...(finding?.warnings ?? []), ...(series.warnings ?? [])].map((warning) => (
                    <p key={warning} class="warning">
                        <span aria-hidden="true">⚠</span> <bdi>{visible(warning)}</bdi>
                    </p>
                ))}
            </div>
            <dl class="facts">
                {facts.map(([name, words]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>
                            <bdi>{typeof words === "string" ? visible(words).replaceAll(" %", "\u00a0%") : words}</bdi>
                        </dd>
                    </div>
                ))}
            </dl>
            {drawn && (
                <>
                    <HistoryChart key={series.id} series={series} course={drawn} page={page} route={route} />
                    <ul class="legend">
                        <li>
                            <i class="dot series" /> a run
                        </li>
                        {drawn.packed.judged && (
                            <li>
                                <i class="diamond" /> judged here
                            </li>
                        )}
                        <li>
                            <i class="line level" /> level
                        </li>
                        {drawn.packed.regime?.expected && (
                            <li>
                                <i class="box" /> where 95 % of further runs are expected
                            </li>
                        )}
                        {drawn.packed.bands && (
                            <li>
                                <i class="box band" /> where the level lies, with 95 % confidence
                            </li>
                        )}
                        {drawn.packed.bad && (
                            <li>
                                <i class="cross">✗</i> judged a regression
                            </li>
                        )}
                        {drawn.packed.steps.length > 0 && (
                            <li>
                                <i class="dash" /> step
                            </li>
                        )}
                    </ul>
                    {drawn.packed.steps.length > 0 && (
                        <section>
                            <h2>Steps</h2>
                            <section class="scroll" tabIndex={0} aria-label="Steps, as a table">
                                <table class="plain whole">
                                    <thead>
                                        <tr>
                                            <th scope="col">Change</th>
                                            <th scope="col">95 % interval</th>
                                            <th scope="col">Commit</th>
                                            <th scope="col">Time</th>
                                            <th scope="col">May lie between</th>
                                        </tr>
                                    </thead>
                                    <tbody>
                                        {[...drawn.packed.steps].reverse().map((step) => {
                                            const commit = (at: number) => (
                                                <CommitOf run={drawn.runs[at]} page={page} />
                                            );
                                            return (
                                                <tr key={step.at}>
                                                    <td class={step.worse ? "worse" : "better"}>
                                                        <span aria-hidden="true">{step.worse ? "✗" : "✓"}</span>{" "}
                                                        {step.text}{" "}
                                                        <span class="hidden">
                                                            {step.worse ? "for the worse" : "for the better"}
                                                        </span>
                                                    </td>
                                                    <td>{step.interval}</td>
                                                    <td>{commit(step.at)}</td>
                                                    <td>{page.runs.time[drawn.runs[step.at] ?? -1] ?? ""}</td>
                                                    <td>
                                                        {step.range ? (
                                                            <>
                                                                {commit(step.range[0])} and {commit(step.range[1])}
                                                            </>
                                                        ) : (
                                                            "only there"
                                                        )}
                                                    </td>
                                                </tr>
                                            );
                                        })}
                                    </tbody>
                                </table>
                            </section>
                        </section>
                    )}
                </>
            )}
            {display && <DistributionChart series={series} display={display} />}
            {finding && finding.ladder.length > 0 && (
                <section>
                    <h2>Why</h2>
                    <p class="muted">
                        Every check in the order it was made, up to the one that decided. {GROUPS[finding.group].name}{" "}
                        means: {GROUPS[finding.group].words}.
                    </p>
                    <ol class="ladder">
                        {finding.ladder.map(([name, outcome, words], rung) => (
                            <li key={rung} class={outcome === "D" ? "decided" : undefined}>
                                <span class="outcome">{OUTCOMES[outcome]}</span>
                                <span>
                                    <b>{visible(name)}</b> <bdi>{visible(words)}</bdi>
                                </span>
                            </li>
                        ))}
                    </ol>
                </section>
            )}
        </main>
    );
}
