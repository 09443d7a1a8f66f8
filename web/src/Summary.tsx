import { By } from "./CauseCards";
import type { Cause } from "./causes";
import { inEnvironment, isImprovementOf } from "./chronicle";
import { type ChroniclePageData, isThere } from "./data";
import { together, visible } from "./format";
import { parted } from "./names";
import { More, Name } from "./parts";
import { hrefTo } from "./route";
import { SuiteTrend } from "./SuiteTrend";

interface Props {
    page: ChroniclePageData;
    causes: readonly Cause[];
    prefix: string;
}

const SHOWN = 6;

/** Who is on it, or that nobody is. */
function whoOf({ incident, tone }: Cause): string {
    if (incident?.said) {
        return visible(incident.said);
    }
    return tone === "worse" ? "Not triaged yet." : "";
}

/** One change in a sentence: what, how much, since when, by which commit, who is on it. */
function Sentence({ cause, page, prefix }: { cause: Cause; page: ChroniclePageData; prefix: string }) {
    const first = page.series[cause.hits[0]?.series ?? -1];
    const subject = cause.incident?.subject ?? "";
    const name = first
        ? `${parted(first).name.slice(prefix.length)} ${first.metric}${inEnvironment(first)}`
        : subject.startsWith(prefix)
          ? subject.slice(prefix.length)
          : subject;
    const day = (run: number | undefined) => (page.runs.time[run ?? -1] ?? "").slice(0, 10);
    const back = cause.incident?.back;
    const who = whoOf(cause);
    const better = cause.tone === "better";
    const link = cause.incident ? { i: cause.incident.id } : { s: first?.id ?? "" };
    return (
        <li class={`sentence ${cause.tone}`}>
            <p>
                <b class="size">{cause.size}</b>{" "}
                <a href={hrefTo(link)}>
                    <Name text={name} />
                </a>
                {cause.count > 1 && ` and ${cause.count - 1} more`} {better ? "better" : "worse"}
                {day(cause.run) && ` since ${day(cause.run)}`}
                {back !== undefined && `, back to normal since ${day(back)}`}
                {cause.hits[0]?.levels && <span class="muted"> ({together(visible(cause.hits[0].levels))})</span>}
            </p>
            <p class="muted">
                {!better && !who && back === undefined && <span class={`state ${cause.tone}`}>{cause.state} · </span>}
                <By cause={cause} page={page} />
                {who && back === undefined && (
                    <>
                        {" · "}
                        <bdi class={`state ${cause.tone}`}>{who}</bdi>
                    </>
                )}
            </p>
        </li>
    );
}

function Sentences({
    title,
    none,
    causes,
    page,
    prefix,
}: Props & {
    title: string;
    /** What is said where there is nothing. */
    none: string;
}) {
    return (
        <section class="panel summary">
            <h2>
                {title} {causes.length > 0 && <span class="count">{causes.length}</span>}
            </h2>
            {causes.length === 0 && <p class="muted">{none}</p>}
            <More all={causes.length} first={SHOWN}>
                {(shown) => (
                    <ul class="sentences">
                        {causes.slice(0, shown).map((cause) => (
                            <Sentence key={cause.key} cause={cause} page={page} prefix={prefix} />
                        ))}
                    </ul>
                )}
            </More>
        </section>
    );
}

/** What has to be decided: every open incident, and what a check detected, needs somebody. */
function Decisions({ page, open, waiting }: { page: ChroniclePageData; open: readonly Cause[]; waiting: number }) {
    const called = (page.called ?? []).filter((one) => one.open);
    const ids = [...open.flatMap(({ incident }) => incident?.id ?? []), ...called.map(({ id }) => id)];
    const known = `${waiting} known ${waiting === 1 ? "regression is" : "regressions are"} still to be fixed`;
    const stops = (page.stops ?? []).length > 0;
    return (
        <section class="panel summary">
            <h2>To decide</h2>
            {ids.length === 0 ? (
                <p>
                    {stops
                        ? `What keeps the newest run from passing, above.${waiting === 0 ? "" : ` Besides, ${known}.`}`
                        : waiting === 0
                          ? "Nothing: no regression waits for a decision."
                          : `Nothing new: ${known}.`}
                </p>
            ) : (
                <>
                    <p>
                        {ids.length === 1 ? "One regression needs" : `${ids.length} regressions need`} a decision: fix,
                        accept or mute.
                    </p>
                    <ul class="lines">
                        {ids.slice(0, SHOWN).map((id) => (
                            <li key={id}>
                                <code>plumb triage acknowledge {id}</code> <span class="muted">or</span>{" "}
                                <code>plumb accept {id} --reason WHY</code>
                            </li>
                        ))}
                    </ul>
                </>
            )}
        </section>
    );
}

/** A period on one page, for who has a minute: what got worse, what got better, what to decide, and the trend. */
export function Summary({ page, causes, prefix }: Props) {
    const isWorse = ({ tone, incident }: Cause) =>
        tone === "worse" || tone === "suspect" || (tone === "known" && incident !== undefined && isThere(incident));
    const worse = causes.filter(isWorse);
    const isBack = ({ incident }: Cause) =>
        incident?.worse && incident.back !== undefined && !incident.slight && incident.kind !== "NOISE";
    const better = causes.filter((cause) => isImprovementOf(page, cause) || isBack(cause));
    const open = causes.filter(({ tone }) => tone === "worse");
    const waiting =
        causes.filter(({ tone }) => tone === "suspect").length + (page.called ?? []).filter((one) => one.waits).length;
    return (
        <>
            <Sentences
                title="What is worse"
                none={
                    (page.called ?? []).length > 0
                        ? "What a check detected, above; the history does not confirm it yet."
                        : "Nothing is worse than it was."
                }
                causes={worse}
                page={page}
                prefix={prefix}
            />
            <Sentences
                title="What got better or was fixed"
                none="Nothing in this period."
                causes={better}
                page={page}
                prefix={prefix}
            />
            <Decisions page={page} open={open} waiting={waiting} />
            <SuiteTrend page={page} />
        </>
    );
}
