import { CauseChart } from "./CauseChart";
import type { Cause, Hit } from "./causes";
import { inEnvironment } from "./chronicle";
import type { PageData, SeriesData } from "./data";
import { count, together, visible } from "./format";
import { commonPrefix, parted, sharedParameters, withoutParameters } from "./names";
import { Commit, More, Name, Subject } from "./parts";
import { hrefTo } from "./route";

interface Props {
    page: PageData;
    prefix: string;
}

const SIGNS: Record<Cause["tone"], string> = { worse: "✗", suspect: "?", better: "✓", known: "·" };

/** The series that a cause moved, those of one benchmark together. */
interface Benchmark {
    series: SeriesData;
    hits: { hit: Hit; series: SeriesData }[];
}

function byBenchmark(hits: readonly Hit[], page: PageData): Benchmark[] {
    const found = new Map<string, Benchmark>();
    for (const hit of hits) {
        const series = page.series[hit.series];
        if (series) {
            const key = JSON.stringify([series.label, series.environment]);
            const benchmark = found.get(key) ?? { series, hits: [] };
            benchmark.hits.push({ hit, series });
            found.set(key, benchmark);
        }
    }
    return [...found.values()];
}

/** So many benchmarks, and metrics of each, are named on a card. */
const NAMED = 3;

/** Name, metric and change of what a cause moved, the largest first. */
export function Hits({ cause, page, prefix, most = NAMED }: Props & { cause: Cause; most?: number }) {
    const all = byBenchmark(cause.hits, page);
    // parameters tell benchmarks of one name apart, also from one that did not change; those that all have tell nothing
    const nameOf = (series: SeriesData) => {
        const { name } = parted(series);
        const alike = page.series.filter((other) => parted(other).name === name).map(({ label }) => label);
        return new Set(alike).size > 1 ? withoutParameters(series.label, sharedParameters(alike)) : name;
    };
    const shown = all.slice(0, most);
    const told = shown.reduce((sum, { hits }) => sum + Math.min(hits.length, most), 0);
    const left = cause.count - told;
    return (
        <ul class="hits">
            {shown.map(({ series, hits }) => (
                <li key={series.id}>
                    <a class="row-link" href={hrefTo({ s: series.id })} title={visible(series.label).slice(0, 500)}>
                        <Name text={nameOf(series).slice(prefix.length) + inEnvironment(series)} />
                    </a>{" "}
                    {hits.slice(0, most).map(({ hit, series: one }, place) => (
                        <span key={one.id} class="hit">
                            {place > 0 && ", "}
                            <span class="metric">{visible(one.metric)}</span>{" "}
                            <b class={hit.worse ? "worse" : "better"}>{hit.text}</b>
                        </span>
                    ))}
                </li>
            ))}
            {left > 0 && (
                <li class="muted">
                    {cause.incident ? (
                        <a href={hrefTo({ i: cause.incident.id })}>and {count(left)} more</a>
                    ) : (
                        `and ${count(left)} more`
                    )}
                </li>
            )}
            {cause.incident?.others && <li class="muted">{cause.incident.others}</li>}
        </ul>
    );
}

/** The commit of a cause, its message and who wrote it; the machine in its place where no commit did it. */
export function By({ cause, page }: { cause: Cause; page: PageData }) {
    return (
        <>
            {cause.commit !== undefined && cause.commit !== "" && <Commit id={cause.commit} page={page} />}{" "}
            {cause.subject && <Subject text={cause.subject} />}
            {cause.commit === "" && !cause.subject && "commit unknown"}
            {cause.author && (
                <span class="muted">
                    {" "}
                    by <bdi>{visible(cause.author)}</bdi>
                </span>
            )}
        </>
    );
}

function Card({ cause, page, prefix }: Props & { cause: Cause }) {
    const first = page.series[cause.hits[0]?.series ?? -1];
    const day = (page.runs.time[cause.run ?? -1] ?? "").slice(0, 10);
    return (
        <li class={`cause ${cause.tone}`}>
            <p class="cause-size">
                <b>
                    <span aria-hidden="true">{SIGNS[cause.tone]}</span>
                    {"\u00a0"}
                    {/* two runs of one commit may be told: a line break stands between them, never within one */}
                    {cause.size.replaceAll(" %", "\u00a0%")}
                </b>
                <small>{cause.interval}</small>
                {cause.hits[0]?.levels && <small>{together(visible(cause.hits[0].levels))}</small>}
            </p>
            <div class="cause-what">
                <p>
                    <By cause={cause} page={page} />
                </p>
                <Hits cause={cause} page={page} prefix={prefix} />
                <p class="cause-state">
                    <span class={`state ${cause.tone}`}>{cause.state}</span>
                    {cause.share && <span>{cause.share} likely this commit</span>}
                    {day && <span>{day}</span>}
                    {cause.incident && <a href={hrefTo({ i: cause.incident.id })}>suspects and commands</a>}
                </p>
            </div>
            {first && <CauseChart series={first} page={page} at={cause.at} tone={cause.tone} />}
        </li>
    );
}

/** What moved series, each with its commit, its size, what it hit, and a chart. */
export function Causes({
    title,
    causes,
    page,
    prefix,
    first,
}: Props & { title: string; causes: readonly Cause[]; first: number }) {
    return causes.length === 0 ? null : (
        <section class="causes-section">
            <h2>
                {title}
                {causes.length > 1 && `: ${causes.length} causes`}
            </h2>
            <More all={causes.length} first={first}>
                {(shown) => (
                    <ol class="causes">
                        {causes.slice(0, shown).map((cause) => (
                            <Card key={cause.key} cause={cause} page={page} prefix={prefix} />
                        ))}
                    </ol>
                )}
            </More>
        </section>
    );
}

/** A cause on a line. */
function Line({ cause, page, prefix }: Props & { cause: Cause }) {
    const first = page.series[cause.hits[0]?.series ?? -1];
    const name = first ? parted(first).name.slice(prefix.length) : (cause.incident?.subject ?? "");
    return (
        <li>
            <a href={hrefTo(cause.incident ? { i: cause.incident.id } : { s: first?.id ?? "" })}>
                <b class={cause.tone === "better" || cause.tone === "worse" ? cause.tone : ""}>{cause.size}</b>{" "}
                <Name text={first || !name.startsWith(prefix) ? name : name.slice(prefix.length)} />
                {cause.count > 1 && ` and ${cause.count - 1} more`}
            </a>{" "}
            <span class="muted">
                {(cause.tone === "known" || cause.tone === "suspect") && `${cause.state}, `}
                <By cause={cause} page={page} />
            </span>
        </li>
    );
}

/** Causes in a list that is opened by who wants to see it. */
export function OtherCauses({
    title,
    causes,
    page,
    prefix,
    open = false,
}: Props & { title: string; causes: readonly Cause[]; open?: boolean }) {
    return causes.length === 0 ? null : (
        <details class="block" open={open}>
            <summary>
                <h2>{title}</h2> <span class="count">{causes.length}</span>
            </summary>
            <More all={causes.length} first={50}>
                {(shown) => (
                    <ul class="lines">
                        {causes.slice(0, shown).map((cause) => (
                            <Line key={cause.key} cause={cause} page={page} prefix={prefix} />
                        ))}
                    </ul>
                )}
            </More>
        </details>
    );
}

/** What is open on the branch, whatever this run shows. */
export function OpenIncidents({
    page,
    causes,
    above = 0,
    called,
    words,
    prefix,
}: Props & {
    causes: readonly Cause[];
    /** How many incidents the page has shown before. */
    above?: number;
    called: readonly { text: string; open: boolean }[];
    words: string;
}) {
    const prefixOfAll = prefix || commonPrefix(causes.map(({ incident }) => incident?.subject ?? ""));
    // a run of the branch itself may be where one of them began
    const isElsewhere =
        page.page === "run" &&
        page.candidates.every(({ run }) => !words.endsWith(` on ${page.runs.branch[run] ?? ""}`)) &&
        words.includes(" on ");
    const waits = causes.some(({ tone }) => tone === "worse") || called.some(({ open }) => open);
    // what is shown above is no news
    const isAbove = above > 0 && causes.length === 0 && called.length === 0;
    return words === "" || isAbove ? null : (
        <section class={`alert ${waits ? "waits" : ""}`} aria-label="Open incidents">
            <h2>
                <span aria-hidden="true">⚠</span> <bdi dir="ltr">{visible(words)}</bdi>
            </h2>
            {isElsewhere && <p class="muted">Already on main; not caused by this change.</p>}
            {above > 0 && (
                <p class="muted">
                    {above} {above === 1 ? "is" : "are"} listed above.
                </p>
            )}
            <More all={causes.length} first={5}>
                {(shown) => (
                    <ul class="lines">
                        {causes.slice(0, shown).map((cause) => (
                            <Line key={cause.key} cause={cause} page={page} prefix={prefixOfAll} />
                        ))}
                    </ul>
                )}
            </More>
            {called.length > 0 && (
                <ul class="lines">
                    {called.slice(0, 10).map(({ text }) => (
                        <li key={text}>
                            <bdi dir="ltr">{visible(text).slice(0, 400)}</bdi>
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}
