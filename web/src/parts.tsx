import { type ComponentChildren, Fragment } from "preact";
import { useState } from "preact/hooks";
import type { Course, Finding, Group, PageData, SeriesData } from "./data";
import { count, nameWithoutCommit, short, visible } from "./format";
import { parted } from "./names";
import { hrefTo } from "./route";
import { sparkline } from "./shapes";
import { chosenTheme, setTheme, type Theme, useShownTheme } from "./theme";

/** What each group is called, its sign, and what it means; a colour is never the only difference. */
export const GROUPS: Record<Group | "MISSING" | "WITHIN_NOISE", { name: string; sign: string; words: string }> = {
    REGRESSED: { name: "Regressed", sign: "✗", words: "worse, beyond noise and beyond the margin" },
    SUSPECT: { name: "Suspect", sign: "?", words: "possible regression: rerun this commit" },
    MISSING: { name: "Missing", sign: "∅", words: "measured by earlier runs, not by this one" },
    INCONCLUSIVE: { name: "Inconclusive", sign: "~", words: "too much noise, or too few runs, for a verdict" },
    WITHIN_NOISE: { name: "Within noise", sign: "~", words: "nothing moved beyond noise; nothing to do" },
    NOT_COMPARABLE: { name: "Not comparable", sign: "≠", words: "no earlier result it can be compared with" },
    KNOWN: { name: "Known", sign: "·", words: "worse, and triaged or open on the base branch" },
    IMPROVED: { name: "Improved", sign: "✓", words: "better, beyond noise and beyond the margin" },
    UNCHANGED: { name: "Unchanged", sign: "=", words: "the whole interval lies inside the margin" },
};

export const GROUP_ORDER = [
    "REGRESSED",
    "SUSPECT",
    "MISSING",
    "IMPROVED",
    "INCONCLUSIVE",
    "WITHIN_NOISE",
    "NOT_COMPARABLE",
    "KNOWN",
    "UNCHANGED",
] as const;

export function Verdict({ finding }: { finding: Finding }) {
    if (finding.limit) {
        return (
            <span class="verdict regressed critical">
                <span aria-hidden="true">✗</span> {finding.limit.words}
            </span>
        );
    }
    return (
        <span
            class={`verdict ${finding.group.toLowerCase()} ${finding.group === "KNOWN" ? "" : finding.severity.toLowerCase()}`}
        >
            <span aria-hidden="true">{GROUPS[finding.group].sign}</span> {finding.verdict}
        </span>
    );
}

/** What to do: its commands as such. */
export function Step({ text }: { text: string }) {
    return (
        <bdi dir="ltr">
            {visible(text)
                .split(/(\bplumb [^·;]*[^·;\s])/)
                .map((part, place) => (place % 2 === 1 ? <code key={place}>{part}</code> : part))}
        </bdi>
    );
}

/** Places at which a long name may be broken: behind a separator, between the words of one that is written together. */
const JOINTS = /(?<=[./:_,-])|(?<=\p{Ll})(?=\p{Lu})/u;

/** A name from outside: shown as it is, whatever it says, and broken at its joints where it is too long. */
export function Name({ text }: { text: string }) {
    const shown = visible(text);
    const cut = shown.length > 300 ? `${shown.slice(0, 180)}…${shown.slice(-100)}` : shown;
    return (
        <bdi class="name" title={cut === shown ? undefined : shown.slice(0, 5000)}>
            {cut.split(JOINTS).map((part, place) => (
                <Fragment key={place}>
                    {place > 0 && <wbr />}
                    {part}
                </Fragment>
            ))}
        </bdi>
    );
}

/** The newest points of a series, or those around a place. */
export function Spark({ course, tone, at }: { course: Course | undefined; tone: string; at?: number | undefined }) {
    if (!course || course.values.length === 0) {
        return <span class="muted">–</span>;
    }
    const last = at === undefined ? course.values.length : Math.min(course.values.length, Math.max(120, at + 60));
    const values = course.values.slice(Math.max(0, last - 120), last);
    const path = sparkline(values, 116, 26);
    const end = path.match(/([\d.]+) ([\d.]+)$/);
    return (
        <svg class="spark" viewBox="0 0 120 26" width="120" height="26" aria-hidden="true">
            <path d={path} />
            {end && <circle class={tone} cx={end[1]} cy={end[2]} r="2.6" />}
        </svg>
    );
}

/** So much of a commit's message tells what it is about. */
const SUBJECT = 110;

/** The first line of a commit's message; the end of a long one is shown to who points at it. */
export function Subject({ text }: { text: string }) {
    const shown = [...visible(text)];
    return shown.length > SUBJECT ? (
        <bdi class="subject" title={shown.join("")}>
            {shown.slice(0, SUBJECT - 1).join("")}…
        </bdi>
    ) : (
        <bdi class="subject">{shown.join("")}</bdi>
    );
}

/** Project, branch, and the commit with its message and author. */
export function Place({ page }: { page: PageData }) {
    const runs =
        page.page === "run" ? page.candidates.map(({ run }) => run) : page.newest === undefined ? [] : [page.newest];
    const run = runs[0];
    const branch = page.runs.branch[run ?? -1];
    const subject = page.runs.subject?.[run ?? -1];
    const author = page.runs.author?.[run ?? -1];
    if (!page.project && run === undefined) {
        return null;
    }
    const unnamed = nameWithoutCommit(page.runs.id[run ?? -1] ?? "");
    return (
        <p class="place">
            {page.project && (
                <b class="project">
                    <bdi>{visible(page.project)}</bdi>
                </b>
            )}
            {branch !== undefined && (
                <span>
                    <span class="muted">branch</span> <bdi>{visible(branch)}</bdi>
                </span>
            )}
            {run !== undefined && (
                <span class="of-commit">
                    {page.runs.commit[run] ? (
                        <>
                            <span class="muted">commit</span> <CommitOf run={run} page={page} />
                        </>
                    ) : (
                        <>
                            <span class="muted">{unnamed.before}</span>
                            <bdi>{visible(unnamed.name)}</bdi>
                            <span class="muted">{unnamed.behind}</span>
                        </>
                    )}
                    {subject && (
                        <>
                            {" "}
                            <Subject text={subject} />
                        </>
                    )}
                    {author && (
                        <span class="muted">
                            {" "}
                            by <bdi>{visible(author)}</bdi>
                        </span>
                    )}
                    {runs.length > 1 && (
                        <span class="muted">
                            {" "}
                            and {runs.length === 2 ? "another run" : `${runs.length - 1} more runs`}
                        </span>
                    )}
                </span>
            )}
        </p>
    );
}

const THEMES: Theme[] = ["auto", "light", "dark"];

/** The file that a page has in a folder of pages. */
const FILES: Record<PageData["page"], string> = {
    dashboard: "index.html",
    run: "run.html",
    executive: "summary.html",
    history: "history.html",
};

export function Header({ title, page }: { title: string; page: PageData }) {
    const [theme, set] = useState<Theme>(chosenTheme);
    useShownTheme();
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
    return (
        <header class="top">
            <a class="brand" href={hrefTo({})}>
                <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                    <path d="M10 1v10" />
                    <path class="bob" d="M6.5 11h7L10 19z" />
                </svg>
                <span>Plumbline</span>
            </a>
            {page.links ? (
                <nav class="top-links" aria-label="Pages">
                    {page.links.map(([name, file]) => (
                        <a key={file} href={file} aria-current={file === FILES[page.page] ? "page" : undefined}>
                            {name}
                        </a>
                    ))}
                </nav>
            ) : (
                <span class="top-title">{title}</span>
            )}
            <span class="top-tools">
                <button
                    type="button"
                    class="tool"
                    onClick={() => {
                        set(next);
                        setTheme(next);
                    }}
                    aria-label={`Theme: ${theme}; change to ${next}`}
                >
                    {theme === "auto" ? "◐ Auto" : theme === "light" ? "○ Light" : "● Dark"}
                </button>
                <button type="button" class="tool wide-only" onClick={() => print()}>
                    Print
                </button>
            </span>
        </header>
    );
}

/** Strings that only who looks for them reads. */
export function Folded({ title, strings }: { title: string; strings: readonly string[] }) {
    return strings.length === 0 ? null : (
        <details class="block paper">
            <summary>
                <h2>{title}</h2> <span class="count">{strings.length}</span>
            </summary>
            <ul>
                {strings.map((text, place) => (
                    <li key={place}>
                        <Long text={text} />
                    </li>
                ))}
            </ul>
        </details>
    );
}

/** A line that somebody may read; what is far longer than one loses its middle until it is pointed at. */
function Long({ text }: { text: string }) {
    const shown = visible(text);
    return shown.length > 800 ? (
        <bdi dir="ltr" title={shown.slice(0, 5000)}>
            {shown.slice(0, 500)} … {shown.slice(-200)}
        </bdi>
    ) : (
        <bdi dir="ltr">{shown}</bdi>
    );
}

export function Strings({ title, strings, tone }: { title: string; strings: readonly string[]; tone?: string }) {
    if (strings.length === 0) {
        return null;
    }
    return (
        <section class={`strings ${tone ?? ""}`}>
            <h2>
                {title} <span class="count">{strings.length}</span>
            </h2>
            <ul>
                {strings.slice(0, 50).map((text, place) => (
                    <li key={place}>
                        <Long text={text} />
                    </li>
                ))}
            </ul>
            {strings.length > 50 && (
                <details class="paper">
                    <summary>{strings.length - 50} more</summary>
                    <ul>
                        {strings.slice(50).map((text, place) => (
                            <li key={place}>
                                <Long text={text} />
                            </li>
                        ))}
                    </ul>
                </details>
            )}
        </section>
    );
}

/** A name that a file system takes. */
export function fileName(series: SeriesData): string {
    return `${series.label}-${series.metric}`.replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 80) || "chart";
}

/** A commit's id; it leads to the commit where the page knows how to get there. */
export function Commit({ id, page }: { id: string; page: PageData }) {
    const shown = <code>{visible(short(id))}</code>;
    return page.forge && /^[0-9a-f]{7,64}$/.test(id) ? (
        <a class="commit" href={page.forge + id} target="_blank" rel="noopener noreferrer">
            {shown}
        </a>
    ) : (
        shown
    );
}

/** The same of a run, named by its place. */
export function CommitOf({ run, page }: { run: number | undefined; page: PageData }) {
    return <Commit id={page.runs.commit[run ?? -1] ?? ""} page={page} />;
}

export function toneOf(group: Group | undefined): string {
    return group ? group.toLowerCase() : "";
}

/** The name of a series, its metric and parameters below; it leads to what is known of it. */
export function SeriesLink({ series, prefix, route = {} }: { series: SeriesData; prefix: string; route?: object }) {
    const { name, parameters } = parted(series);
    return (
        <a class="row-link" href={hrefTo({ s: series.id, ...route })}>
            <Name text={name.slice(prefix.length)} />{" "}
            <span class="metric">
                {visible(series.metric)}
                {series.finding?.secondary && <span class="role">secondary</span>}
                {parameters && (
                    <>
                        {" · "}
                        <Name text={parameters} />
                    </>
                )}
                {series.where && (
                    <>
                        {" · "}
                        <Name text={series.where} />
                    </>
                )}
            </span>
        </a>
    );
}

/** Another metric of the benchmark above; it leads to what is known of it. */
export function MetricLink({ series }: { series: SeriesData }) {
    return (
        <a class="row-link beneath" href={hrefTo({ s: series.id })}>
            <span class="metric">
                {visible(series.metric)}
                {series.finding?.secondary && <span class="role">secondary</span>}
            </span>
        </a>
    );
}

/** The first of many, and a button for the next. */
export function More({
    all,
    first,
    children,
}: {
    all: number;
    first: number;
    children: (shown: number) => ComponentChildren;
}) {
    const [shown, show] = useState(first);
    return (
        <>
            {children(shown)}
            {all > shown && (
                <p class="more">
                    <button type="button" class="tool" onClick={() => show(shown + 50)}>
                        Show {Math.min(50, all - shown)} more of {count(all - shown)}
                    </button>
                </p>
            )}
        </>
    );
}
