import { useEffect, useRef, useState } from "preact/hooks";
import { type ChroniclePageData, type IncidentData, STATES, stateOf } from "./data";
import { visible } from "./format";
import { Commit, CommitOf, More, Name, SeriesLink } from "./parts";
import { useRoute } from "./route";

interface Props {
    page: ChroniclePageData;
    prefix: string;
    incidents: readonly IncidentData[];
    first: number;
}

/** What happened: changes that began together, the newest first, with their suspects and what people said. */
export function Incidents({ page, prefix, incidents, first }: Props) {
    const called = page.called ?? [];
    const asked = useRoute()["i"] ?? "";
    const place = incidents.findIndex(({ id }) => id === asked);
    return (
        <section class="panel">
            <h2>
                Incidents <span class="count">{incidents.length}</span>{" "}
                {page.open && <span class="count open">{page.open}</span>}
            </h2>
            {called.map(({ text, open: waits }) => (
                <p key={text}>
                    <b class={waits ? "worse" : "muted"}>
                        <span aria-hidden="true">✗</span> Called by a check
                    </b>
                    , not yet confirmed by the history: <bdi>{visible(text)}</bdi>
                </p>
            ))}
            {incidents.length === 0 && (
                <p class="muted">{called.length > 0 ? "Nothing else" : "Nothing"} changed in this period.</p>
            )}
            <More key={asked} all={incidents.length} first={Math.max(first, place + 1)}>
                {(shown) => (
                    <ol class="incidents">
                        {incidents.slice(0, shown).map((incident) => (
                            <li key={incident.id}>
                                <Incident
                                    incident={incident}
                                    page={page}
                                    prefix={prefix}
                                    asked={incident.id === asked}
                                />
                            </li>
                        ))}
                    </ol>
                )}
            </More>
        </section>
    );
}

interface IncidentProps {
    incident: IncidentData;
    page: ChroniclePageData;
    prefix: string;
    asked: boolean;
}

function Incident({ incident, page, prefix, asked }: IncidentProps) {
    const details = useRef<HTMLDetailsElement>(null);
    const [opened, setOpened] = useState(asked);
    useEffect(() => {
        if (asked && details.current) {
            setOpened(true);
            details.current.scrollIntoView({ block: "center" });
            details.current.querySelector("summary")?.focus({ preventScroll: true });
        }
    }, [asked]);
    const state = (incident.slight ? "slight, " : "") + stateOf(incident);
    const tone = incident.worse ? (incident.open ? "worse" : "muted") : "better";
    return (
        <details ref={details} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
            <summary>
                <span class="muted">{(page.runs.time[incident.run] ?? "").slice(0, 10)}</span>
                <b class={tone}>
                    <span aria-hidden="true">{incident.worse ? "✗" : "✓"}</span> {incident.text}
                    <span class="hidden"> for the {incident.worse ? "worse" : "better"}</span>
                    <small>{incident.interval}</small>
                </b>
                <span>
                    <Name
                        text={
                            incident.subject.startsWith(prefix)
                                ? incident.subject.slice(prefix.length)
                                : incident.subject
                        }
                    />
                    <small>
                        <code>{incident.id}</code> {state} · {incident.kind === "CODE" && "suspect: "}
                        <bdi>{visible(incident.cause)}</bdi>
                    </small>
                </span>
            </summary>
            {opened && <Body incident={incident} page={page} prefix={prefix} />}
        </details>
    );
}

/** So many of its series are listed at first. */
const MEMBERS = 20;

function Body({ incident, page, prefix }: Omit<IncidentProps, "asked">) {
    const others = incident.count - incident.members.length;
    return (
        <div class="incident">
            <p>
                {visible(incident.headline)}.{" "}
                {incident.after !== undefined && (
                    <>
                        After <CommitOf run={incident.after} page={page} />, which was still good, and no
                    </>
                )}
                {incident.after === undefined && "No"} later than <CommitOf run={incident.run} page={page} />
                {incident.back !== undefined && (
                    <>
                        ; back at <CommitOf run={incident.back} page={page} />
                    </>
                )}
                .
            </p>
            {incident.said && (
                <p>
                    <bdi>{visible(incident.said)}</bdi>
                </p>
            )}
            {incident.reasons.length + incident.also.length > 0 && (
                <ul>
                    {[...incident.reasons, ...incident.also].map((words) => (
                        <li key={words}>
                            <bdi>{visible(words)}</bdi>
                        </li>
                    ))}
                </ul>
            )}
            {incident.suspects.length > 0 && (
                <>
                    <h3>Suspects</h3>
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
                                        <small>
                                            by <bdi>{visible(suspect.author)}</bdi>
                                        </small>
                                    )}
                                    {suspect.reasons.map((reason) => (
                                        <small key={reason}>
                                            <bdi>{visible(reason)}</bdi>
                                        </small>
                                    ))}
                                </span>
                            </li>
                        ))}
                    </ol>
                </>
            )}
            <h3>
                Series <span class="count">{incident.count}</span>
            </h3>
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
                                                        , back at <CommitOf run={member.back} page={page} />
                                                    </>
                                                )}
                                                {member.state && `, ${STATES[member.state].toLowerCase()}`}
                                            </small>
                                        </span>
                                    </li>
                                )
                            );
                        })}
                    </ul>
                )}
            </More>
            {others > 0 && <p class="muted">{others} more are not on this page.</p>}
        </div>
    );
}
