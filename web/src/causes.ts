import {
    type BenchmarkData,
    type ChroniclePageData,
    courseOf,
    type Finding,
    type IncidentData,
    isThere,
    type PageData,
    placeOfRun,
    type RunPageData,
    STATES,
    type State,
    stateOf,
} from "./data";

/** A series that a cause moved. */
export interface Hit {
    series: number;
    worse: boolean;
    /** By how much, with a sign. */
    text: string;
    interval: string;
    /** From which level to which; empty where that is not known. */
    levels: string;
}

export type Tone = "worse" | "suspect" | "better" | "known";

/** What moved series: a commit, or the machine. */
export interface Cause {
    key: string;
    tone: Tone;
    /** Where it stands, in a word or two. */
    state: string;
    /** Of the hit that moved most. */
    size: string;
    interval: string;
    /** The commit; absent where it is not known, or no commit did it. */
    commit?: string;
    subject: string;
    author: string;
    /** How certain it is that this commit did it. */
    share?: string;
    /** The first run that shows it. */
    run?: number;
    /** Those that are on the page, the one first that moved most. */
    hits: Hit[];
    /** How many series it moved; some may not be on the page. */
    count: number;
    /** The place of the change in the course of the first hit. */
    at?: number;
    incident?: IncidentData;
}

function levels(before: string | undefined, after: string | undefined): string {
    return before && after ? `${before} → ${after}` : "";
}

/** Author and message of a run's commit. */
export function titleOf(run: number | undefined, page: PageData): { subject: string; author: string } {
    return {
        subject: page.runs.subject?.[run ?? -1] ?? "",
        author: page.runs.author?.[run ?? -1] ?? "",
    };
}

/** The place of a commit's run in the table of runs. */
function runOf(commit: string, page: PageData): number | undefined {
    const place = commit === "" ? -1 : page.runs.commit.indexOf(commit);
    return place < 0 ? undefined : place;
}

function atOf(cause: Cause, page: PageData): Cause {
    const series = page.series[cause.hits[0]?.series ?? -1];
    const course = series && courseOf(series, page);
    if (!course || course.values.length === 0) {
        return cause;
    }
    const judged = course.packed.judged ?? 0;
    const at =
        cause.run === undefined
            ? judged > 0
                ? course.values.length - judged
                : undefined
            : placeOfRun(course, cause.run, page);
    return at === undefined ? cause : { ...cause, at };
}

/** Open: red. Known to somebody and still to be removed: amber. What is accepted or over calls for nobody. */
function toneOfIncident(incident: IncidentData): Tone {
    if (!incident.worse) {
        return "better";
    }
    if (incident.open) {
        return "worse";
    }
    return isThere(incident) && incident.state !== "ACCEPTED" && incident.state !== "RECOVERED" ? "suspect" : "known";
}

/** The same of one step of which people said something. */
function toneOfState(state: State): Tone {
    return state === "ACCEPTED" || state === "RECOVERED" || state === "FALSE_ALARM" ? "known" : "suspect";
}

/** An incident with its first suspect in the place of a commit. */
export function causeOfIncident(incident: IncidentData, page: PageData): Cause {
    const suspect = incident.suspects[0];
    const isCommit = suspect?.commit !== undefined && incident.kind !== "SLOPE";
    const undecided = incident.members.filter(({ decided }) => !decided);
    const members = undecided.length > 0 ? undecided : incident.members;
    const hits = members
        .map(({ series, worse, text, interval, before, after }) => ({
            series,
            worse,
            text,
            interval,
            levels: levels(before, after),
        }))
        .sort((one, other) => Number(other.worse === incident.worse) - Number(one.worse === incident.worse));
    return atOf(
        {
            key: incident.id,
            tone: toneOfIncident(incident),
            state: (incident.slight ? "slight, " : "") + stateOf(incident),
            size: incident.text,
            interval: incident.interval,
            ...(isCommit ? { commit: suspect.commit as string, share: suspect.share } : {}),
            subject: isCommit ? (suspect.subject ?? "") : incident.cause,
            author: isCommit ? (suspect.author ?? "") : "",
            run: incident.run,
            hits,
            count: incident.count - (incident.members.length - members.length),
            incident,
        },
        page,
    );
}

/** How urgent a cause is: what is open first, then what got better, then what somebody knows of. */
const URGENCY: Record<Tone, number> = { worse: 0, suspect: 1, better: 2, known: 3 };

/** The incidents of a page, those first that wait for somebody, the largest of them before the others. */
export function causesOfIncidents(incidents: readonly IncidentData[], page: PageData): Cause[] {
    return [...incidents]
        .sort((one, other) => Math.abs(other.change) - Math.abs(one.change))
        .map((incident) => causeOfIncident(incident, page))
        .sort((one, other) => URGENCY[one.tone] - URGENCY[other.tone]);
}

/** The steps of a period, together where they began with the same run and went the same way; the newest first. */
export function causesOfSteps(page: ChroniclePageData): Cause[] {
    const groups = new Map<string, typeof page.events>();
    for (const event of page.events) {
        const key = `${event.run} ${event.worse}`;
        groups.set(key, [...(groups.get(key) ?? []), event]);
    }
    return [...groups].map(([key, events]) => {
        const sorted = [...events].sort((one, other) => Math.abs(other.change) - Math.abs(one.change));
        const first = sorted[0] as (typeof page.events)[number];
        const still = sorted.filter(({ open }) => open);
        const told = still.every(({ state }) => state !== undefined) ? still[0]?.state : undefined;
        return {
            key,
            tone: !first.worse ? "better" : still.length === 0 ? "known" : told ? toneOfState(told) : "worse",
            state: !first.worse
                ? "better"
                : still.length === 0
                  ? "recovered"
                  : told
                    ? STATES[told].toLowerCase()
                    : "worse",
            size: first.text,
            interval: first.interval,
            commit: page.runs.commit[first.run] ?? "",
            ...titleOf(first.run, page),
            run: first.run,
            hits: sorted.map(({ series, worse, text, interval, before, after }) => ({
                series,
                worse,
                text,
                interval,
                levels: levels(before, after),
            })),
            count: sorted.length,
            at: first.at,
        };
    });
}

/** What a finding of a cause is shown as; undefined for what is no change to speak of. */
export function toneOfFinding(finding: Finding | undefined): Tone | undefined {
    if (finding?.limit) {
        return "worse";
    }
    switch (finding?.group) {
        case "REGRESSED":
            return "worse";
        case "SUSPECT":
            return "suspect";
        case "IMPROVED":
            return "better";
        default:
            return undefined;
    }
}

interface Found extends Hit {
    relative: number;
    tone: Tone;
}

function found(benchmark: BenchmarkData, here: ReadonlySet<string>, page: RunPageData): [string, Found][] {
    return benchmark.series.flatMap((series) => {
        const finding = page.series[series]?.finding;
        const tone = toneOfFinding(finding);
        // a benchmark that regressed in one metric is no improvement because of another one
        const isAside = finding?.secondary && !finding.limit && series !== benchmark.series[0];
        if (!finding || !tone || isAside || (tone === "better" && benchmark.group !== "IMPROVED")) {
            return [];
        }
        const size = finding.limit?.relative ?? finding.effect?.relative ?? Number.MAX_VALUE;
        const hit: Found = {
            series,
            worse: tone !== "better",
            text: finding.limit?.text ?? finding.effect?.text ?? finding.verdict,
            interval: finding.limit?.text ? "from the mean" : (finding.effect?.interval ?? ""),
            levels: levels(finding.effect?.before, finding.effect?.after),
            relative: Math.abs(size),
            tone,
        };
        const since = here.has(finding.since ?? "") ? "" : finding.since;
        return [[`${tone === "better" ? "better" : "worse"} ${since ?? ""}`, hit] as [string, Found]];
    });
}

/** The incidents that no cause of the run shows: one change has one line, with one number. */
export function withoutShown(incidents: readonly IncidentData[], causes: readonly Cause[]): IncidentData[] {
    return incidents.filter(
        (one) =>
            !causes.some(
                ({ incident, run, hits }) =>
                    incident?.id === one.id ||
                    (run === one.run && one.members.some(({ series }) => hits.some((hit) => hit.series === series))),
            ),
    );
}

/** What a run shows, together where it began with the same commit; the worst first. */
export function causesOfRun(page: RunPageData): Cause[] {
    const here = new Set(page.candidates.map(({ run }) => page.runs.commit[run] ?? ""));
    const groups = new Map<string, Found[]>();
    for (const benchmark of page.benchmarks) {
        for (const [key, hit] of found(benchmark, here, page)) {
            groups.set(key, [...(groups.get(key) ?? []), hit]);
        }
    }
    const judged = page.candidates[0]?.run;
    return [...groups]
        .map(([key, hits]): [number, Cause] => {
            const since = key.slice(key.indexOf(" ") + 1);
            const certain = hits.filter(({ tone }) => tone === "worse");
            const told = (certain.length > 0 ? certain : hits).sort((one, other) => other.relative - one.relative);
            const all = [...told, ...hits.filter((hit) => !told.includes(hit))];
            const first = all[0] as Found;
            const isHere = since === "";
            const run = isHere ? judged : runOf(since, page);
            const commit = since || (page.runs.commit[judged ?? -1] ?? "");
            const isOf = ({ members }: IncidentData) =>
                members.some(({ series }) => all.some((hit) => hit.series === series));
            const incident = isHere ? undefined : page.incidents?.find((one) => one.worse && isOf(one));
            return [
                first.relative,
                atOf(
                    {
                        key,
                        tone: first.tone,
                        state: stateOfRun(first, isHere, here, page),
                        size: first.text,
                        interval: first.interval,
                        ...(commit ? { commit } : {}),
                        ...titleOf(run, page),
                        ...(run === undefined ? {} : { run }),
                        hits: all,
                        count: all.length,
                        ...(incident ? { incident } : {}),
                    },
                    page,
                ),
            ];
        })
        .sort(([one, first], [other, second]) => URGENCY[first.tone] - URGENCY[second.tone] || other - one)
        .map(([, cause]) => cause);
}

function stateOfRun(first: Found, isHere: boolean, here: ReadonlySet<string>, page: RunPageData): string {
    const finding = page.series[first.series]?.finding;
    if (finding?.limit) {
        return finding.limit.words;
    }
    if (first.tone === "suspect") {
        return "possible regression: rerun this commit";
    }
    if (first.tone === "better") {
        return "improved";
    }
    if (page.kind === "COMPARISON" || !finding?.since) {
        return "regressed";
    }
    return isHere && here.has(finding.since) ? "regressed in this change" : "regressed in an earlier commit";
}
