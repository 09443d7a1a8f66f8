import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Commands } from "./CommandLines";
import { titleOf, toneOfFinding } from "./causes";
import { type Command, commandsOf, commandsOfIncident } from "./commands";
import { DistributionChart } from "./DistributionChart";
import { courseOf, type PackedCourse, type PageData, type SeriesData, siblingsOf, stateOf } from "./data";
import { visible, whole } from "./format";
import { HistoryChart } from "./HistoryChart";
import { Suspects } from "./IncidentPage";
import { Commit, CommitOf, GROUPS, More, Name, Place, SeriesLink, Spark, Subject, Verdict } from "./parts";
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
            return "No change beyond the margin.";
        case "SUSPECT":
            return "Possible regression: rerun this commit.";
        case "INCONCLUSIVE":
            return finding.young ? "Too new to judge." : "Inconclusive.";
        case "NOT_COMPARABLE":
            return "Not comparable.";
    }
}

/** Behind a number, between which bounds it lies with 95 % confidence. */
function between(range: string): string {
    return range ? ` (${range})` : "";
}

const OUTCOMES = { P: "passed", D: "decided", N: "note" } as const;

/** So many series beside it are named. */
const SIBLINGS = 12;

function Siblings({ series, page }: { series: SeriesData; page: PageData }) {
    const all = siblingsOf(series, page);
    return all.length === 0 ? null : (
        <section class="panel">
            <h2>Related series</h2>
            <More all={all.length} first={SIBLINGS}>
                {(shown) => (
                    <ul class="members siblings">
                        {all.slice(0, shown).map((one) => {
                            const effect = one.finding?.effect;
                            const text = effect?.text ?? one.trend?.text ?? one.finding?.value ?? "";
                            const tone = toldOf(one);
                            return (
                                <li key={one.id}>
                                    <b class={tone}>{text || "–"}</b>
                                    <SeriesLink series={one} prefix="" />
                                    <Spark course={courseOf(one, page)} tone={tone} />
                                </li>
                            );
                        })}
                    </ul>
                )}
            </More>
        </section>
    );
}

/** Which way a series moved, if it did. */
function toldOf({ finding, trend }: SeriesData): string {
    if (finding) {
        const tone = toneOfFinding(finding);
        return tone === "better" ? "better" : tone ? "worse" : "";
    }
    return trend?.standing === "WORSE" ? "worse" : trend?.standing === "BETTER" ? "better" : "";
}

/** The incidents that a series is part of, with their suspects. */
function IncidentsOf({ place, page }: { place: number; page: PageData }) {
    const all = (page.incidents ?? []).filter(({ members }) => members.some(({ series }) => series === place));
    return (
        <>
            {all.slice(0, 5).map((incident) => (
                <section key={incident.id} class="panel">
                    <h2>
                        Suspects{" "}
                        <a class="count" href={hrefTo({ i: incident.id })}>
                            {incident.text}, {stateOf(incident)}, {(page.runs.time[incident.run] ?? "").slice(0, 10)}
                        </a>
                    </h2>
                    {incident.suspects.length > 0 ? (
                        <Suspects incident={incident} page={page} />
                    ) : (
                        <p class="muted">
                            <bdi dir="ltr">{visible(incident.cause)}</bdi>
                        </p>
                    )}
                </section>
            ))}
        </>
    );
}

/** What a person may type of a series: of its finding, or else of an open incident that it is part of. */
function commandsFor(place: number, page: PageData): Command[] {
    const finding = page.series[place]?.finding;
    const own = finding ? commandsOf(finding) : [];
    const incident = page.incidents?.find(
        ({ open, members }) => open && members.some(({ series }) => series === place),
    );
    return own.length > 0 || !incident ? own : commandsOfIncident(incident);
}

/** A commit with its message and author, as far as they are known. */
function WithMessage({ commit, page }: { commit: string; page: PageData }) {
    const { subject, author } = titleOf(page.runs.commit.indexOf(commit), page);
    return (
        <>
            <Commit id={commit} page={page} /> {subject && <Subject text={subject} />}
            {author && <span class="muted"> by {visible(author)}</span>}
        </>
    );
}

/** Everything that is known of one series. */
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
    if (finding?.value) {
        facts.push(["Value", finding.value]);
    }
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
        facts.push(["p-value", `${finding.p}, adjusted for all series of the run`]);
    }
    if (finding?.sees) {
        facts.push(["Minimum detectable change", `${finding.sees}, with 99 % probability`]);
    }
    if (finding?.since) {
        facts.push(["Since", <WithMessage key="since" commit={finding.since} page={page} />]);
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
            <Place page={page} />
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
                        <strong>{conclusion(series)}</strong> <bdi dir="ltr">{visible(finding.why)}</bdi>
                    </p>
                )}
                {finding?.blocks && (
                    <p class="why worse">
                        <span aria-hidden="true">✗</span> Fails the gate: <bdi dir="ltr">{visible(finding.blocks)}</bdi>
                    </p>
                )}
                {finding?.said && (
                    <p class="why">
                        <bdi dir="ltr">{visible(finding.said)}</bdi>
                    </p>
                )}
                {[...(finding?.warnings ?? []), ...(series.warnings ?? [])].map((warning) => (
                    <p key={warning} class="warning">
                        <span aria-hidden="true">⚠</span> <bdi dir="ltr">{visible(warning)}</bdi>
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
                                <i class="box" /> expected range of the next run (95 %)
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
                            <h2>Change points</h2>
                            <section class="scroll" tabIndex={0} aria-label="Change points, as a table">
                                <table class="plain">
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
                                                    <td data-label="Change" class={step.worse ? "worse" : "better"}>
                                                        <span aria-hidden="true">{step.worse ? "✗" : "✓"}</span>{" "}
                                                        {whole(step.text)}{" "}
                                                        <span class="hidden">
                                                            {step.worse ? "for the worse" : "for the better"}
                                                        </span>
                                                    </td>
                                                    <td data-label="95 % interval">{whole(step.interval)}</td>
                                                    <td data-label="Commit">
                                                        <WithMessage
                                                            commit={page.runs.commit[drawn.runs[step.at] ?? -1] ?? ""}
                                                            page={page}
                                                        />
                                                    </td>
                                                    <td data-label="Time">
                                                        {page.runs.time[drawn.runs[step.at] ?? -1] ?? ""}
                                                    </td>
                                                    <td data-label="May lie between">
                                                        {step.range ? (
                                                            <>
                                                                {commit(step.range[0])} and {commit(step.range[1])}
                                                            </>
                                                        ) : (
                                                            "exact"
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
            <IncidentsOf place={place} page={page} />
            <Commands commands={commandsFor(place, page)} />
            <Siblings series={series} page={page} />
            {display && <DistributionChart series={series} display={display} />}
            {finding && finding.ladder.length > 0 && (
                <section>
                    <h2>Steps of the verdict</h2>
                    <p class="muted">
                        The steps of the verdict, up to the one that decided. {GROUPS[finding.group].name}:{" "}
                        {GROUPS[finding.group].words}.
                    </p>
                    <ol class="ladder">
                        {finding.ladder.map(([name, outcome, words], rung) => (
                            <li key={rung} class={outcome === "D" ? "decided" : undefined}>
                                <span class="outcome">{OUTCOMES[outcome]}</span>
                                <span>
                                    <b>{visible(name)}</b> <bdi dir="ltr">{visible(words)}</bdi>
                                </span>
                            </li>
                        ))}
                    </ol>
                </section>
            )}
        </main>
    );
}
