import { useEffect, useRef } from "preact/hooks";
import { By } from "./CauseCards";
import { Commands } from "./CommandLines";
import { causeOfIncident } from "./causes";
import { commandsOfIncident } from "./commands";
import { courseOf, type IncidentData, type PageData, placeOfRun, type SeriesData, STATES } from "./data";
import { visible } from "./format";
import { HistoryChart } from "./HistoryChart";
import { parted } from "./names";
import { Commit, CommitOf, More, Place, SeriesLink, Spark } from "./parts";
import { hrefTo, type Route } from "./route";

/** So many of its series are listed at first. */
const MEMBERS = 20;

/** The commits that may be the cause, the likeliest first, each with what speaks for it. */
export function Suspects({ incident, page }: { incident: IncidentData; page: PageData }) {
    return incident.suspects.length === 0 ? null : (
        <ol class="suspects">
            {incident.suspects.map((suspect, place) => (
                <li key={place}>
                    <b>{suspect.share}</b>
                    <span>
                        {suspect.commit === undefined ? (
                            "the environment, before any commit"
                        ) : (
                            <Commit id={suspect.commit} page={page} />
                        )}{" "}
                        <bdi>{visible(suspect.subject ?? "")}</bdi>
                        {suspect.author && (
                            <span class="muted">
                                {" "}
                                by <bdi>{visible(suspect.author)}</bdi>
                            </span>
                        )}
                        {suspect.reasons.map((reason) => (
                            <small key={reason}>
                                <bdi dir="ltr">{visible(reason)}</bdi>
                            </small>
                        ))}
                    </span>
                </li>
            ))}
        </ol>
    );
}

/** Everything about one incident. */
export function IncidentPage({
    incident,
    page,
    prefix,
    route,
}: {
    incident: IncidentData;
    page: PageData;
    prefix: string;
    route: Route;
}) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        heading.current?.focus({ preventScroll: true });
        scrollTo(0, 0);
    }, [incident]);
    const cause = causeOfIncident(incident, page);
    const first = page.series[cause.hits[0]?.series ?? -1];
    const course = first && courseOf(first, page);
    const others = incident.count - incident.members.length;
    const begin = (series: SeriesData) => {
        const course = courseOf(series, page);
        return course && placeOfRun(course, incident.run, page);
    };
    return (
        <main class="detail" id="main">
            <Place page={page} />
            <nav class="crumbs" aria-label="Incidents">
                <a class="tool" href={hrefTo({})}>
                    ← Overview
                </a>
            </nav>
            <div class="headline">
                <span class={`state ${cause.tone}`}>{cause.state}</span>
                <h1 ref={heading} tabIndex={-1}>
                    <span class={incident.worse ? "worse" : "better"}>{incident.text}</span>{" "}
                    <bdi>
                        {visible(
                            incident.subject.startsWith(prefix)
                                ? incident.subject.slice(prefix.length)
                                : incident.subject,
                        ).slice(0, 300)}
                    </bdi>
                </h1>
                <p class="why">
                    <By cause={cause} page={page} />
                    {cause.share && <span class="muted"> · {cause.share} likely</span>}
                </p>
                <p class="why">
                    {visible(incident.headline)}.{" "}
                    {incident.after !== undefined && (
                        <>
                            Last good run <CommitOf run={incident.after} page={page} />, first
                        </>
                    )}
                    {incident.after === undefined && "First"} bad run <CommitOf run={incident.run} page={page} />
                    {incident.back !== undefined && (
                        <>
                            , recovered at <CommitOf run={incident.back} page={page} />
                        </>
                    )}
                    .
                </p>
                {incident.said && (
                    <p class="why">
                        <bdi dir="ltr">{visible(incident.said)}</bdi>
                    </p>
                )}
            </div>
            {first && course && course.values.length > 1 && (
                <HistoryChart
                    series={first}
                    course={course}
                    page={page}
                    route={route}
                    title={`${parted(first).name.slice(prefix.length)} ${first.metric}`.slice(0, 120)}
                />
            )}
            {incident.suspects.length > 0 && (
                <section class="panel">
                    <h2>Suspects</h2>
                    <Suspects incident={incident} page={page} />
                </section>
            )}
            <Commands commands={commandsOfIncident(incident)} />
            {incident.reasons.length + incident.also.length > 0 && (
                <section class="panel">
                    <h2>Evidence</h2>
                    <ul>
                        {[...incident.reasons, ...incident.also].map((words) => (
                            <li key={words}>
                                <bdi dir="ltr">{visible(words)}</bdi>
                            </li>
                        ))}
                    </ul>
                </section>
            )}
            <section class="panel">
                <h2>
                    Series <span class="count">{incident.count}</span>
                </h2>
                <More all={incident.members.length} first={MEMBERS}>
                    {(shown) => (
                        <ul class="members">
                            {incident.members.slice(0, shown).map((member) => {
                                const series = page.series[member.series];
                                return (
                                    series && (
                                        <li key={series.id}>
                                            <b class={member.worse ? "worse" : "better"}>
                                                {member.text}
                                                <small>{member.interval}</small>
                                            </b>
                                            <span>
                                                <SeriesLink series={series} prefix={prefix} />
                                                <small>
                                                    {visible(member.before)} → {visible(member.after)}
                                                    {member.back !== undefined && (
                                                        <>
                                                            , recovered at <CommitOf run={member.back} page={page} />
                                                        </>
                                                    )}
                                                    {member.state && `, ${STATES[member.state].toLowerCase()}`}
                                                </small>
                                            </span>
                                            <Spark
                                                course={courseOf(series, page)}
                                                tone={member.worse ? "worse" : "better"}
                                                at={begin(series)}
                                            />
                                        </li>
                                    )
                                );
                            })}
                        </ul>
                    )}
                </More>
                {others > 0 && <p class="muted">{others} more series are not on this page.</p>}
            </section>
        </main>
    );
}
