/** What a page is made of, as the program writes it. */

export interface Effect {
    before: string;
    after: string;
    relative?: number;
    text: string;
    interval: string;
    confidence: string;
    bounds?: [number, number];
    worse: boolean;
}

export interface Baseline {
    runs: number;
    level: string;
    deviation: string;
    deviationRange: string;
    interval: string;
    first: number;
    last: number;
}

export type Group = "REGRESSED" | "SUSPECT" | "INCONCLUSIVE" | "NOT_COMPARABLE" | "KNOWN" | "IMPROVED" | "UNCHANGED";

export interface Finding {
    /** The smallest change of the series that counts, as a share. */
    margin: number;
    group: Group;
    severity: "NONE" | "MINOR" | "MAJOR" | "CRITICAL";
    verdict: string;
    change?: string;
    effect?: Effect;
    baseline?: Baseline;
    p?: string;
    sees?: string;
    since?: string;
    why: string;
    /** Name, outcome (P passed, D decided, N noted), words. */
    ladder: [string, "P" | "D" | "N", string][];
    /** What a person said of the change. */
    said?: string;
    warnings?: string[];
    /** Why it fails the gate. */
    blocks?: string;
    /** A fixed limit or a budget fails it; with the change that was compared with the limit. */
    limit?: { words: string; relative?: number; text?: string };
    /** What was measured, where there is nothing to compare it with. */
    value?: string;
    /** Too few runs to judge: how many there were before, and how many more are needed. */
    young?: { runs?: number; more?: number };
    /** What commands know it by; absent where there is no change to speak of. */
    id?: string;
    /** The command that accepts it. */
    accept?: string;
    /** The metric is judged and shown with its benchmark; it does not fail the gate. */
    secondary?: boolean;
}

export interface Step {
    at: number;
    range?: [number, number];
    before?: number;
    after?: number;
    relative?: number;
    text: string;
    interval: string;
    worse: boolean;
}

export interface Regime {
    start: number;
    level?: number;
    noise?: number;
    expected?: [number, number];
}

export interface PackedCourse {
    axis: number;
    step: number;
    values: string;
    factor: number;
    suffix: string;
    judged?: number;
    bad?: number[];
    steps: Step[];
    /** Where the level changed by less than the margin. */
    small?: { at: number; before?: number; after?: number }[];
    suspect?: Step;
    regime?: Regime;
    /** For each stretch the range in which its level lies, low and high in turn. */
    bands?: number[];
}

export interface PackedDistribution {
    name: string;
    step: number;
    values: string;
    total: number;
}

export type Standing = "WORSE" | "BETTER" | "LEVEL" | "UNKNOWN";

export interface Trend {
    standing: Standing;
    change?: number;
    text: string;
    /** The 95 % interval of the change; absent where no step lies in the period. */
    interval?: string;
    level: string;
    levelError: string;
    /** The level at the beginning of the period. */
    before: string;
    /** The same as a number; what came little by little is taken off the level that is drawn. */
    start?: number;
    noise?: number;
    noiseText: string;
    /** Between which bounds the noise lies with 95 % confidence; empty where nothing tells. */
    noiseRange: string;
    debt?: number;
    debtText: string;
    /** The same of the distance from the best level. */
    debtRange: string;
    first: number;
}

export interface SeriesData {
    id: string;
    label: string;
    name?: string;
    metric: string;
    unit: string;
    higher?: boolean;
    environment: string;
    /** The environment, where the page has the same metric of the same benchmark in another one. */
    where?: string;
    branch: string;
    /** A context metric: shown, never judged. */
    context?: boolean;
    finding?: Finding;
    course?: PackedCourse;
    distributions?: PackedDistribution[];
    trend?: Trend;
    warnings?: string[];
}

export interface Runs {
    commit: string[];
    branch: string[];
    time: string[];
    id: string[];
    seconds: number[];
    /** The first lines of the commits' messages. */
    subject?: string[];
    author?: string[];
}

interface Common {
    form: "plumbline-page/1";
    version: string;
    /** The name of the repository. */
    project?: string;
    /** What a commit's id is put behind to look at it. */
    forge?: string;
    /** The pages that lie beside this one: title and file. */
    links?: [string, string][];
    series: SeriesData[];
    axes: string[];
    runs: Runs;
}

export interface Policy {
    /** Of all that was judged, in words. */
    margin: string;
    /** Of the unchanged, with a sign. */
    unchangedMargin: string;
    marginShare: number;
    minor: string;
    major: string;
    critical: string;
    confidence: string;
    suiteErrorRate: string;
    minimumRuns: number;
}

/** All that was judged of one benchmark. */
export interface BenchmarkData {
    /** What it counts as: the worst of its metrics that are not secondary. */
    group: Group | "MISSING";
    /** Nothing moved beyond noise, and there is nothing to do. */
    quiet?: boolean;
    /** The places of its series, the one that stands for it first, those that do not count last. */
    series: number[];
    /** What was measured beside that and is not judged: metric and value. */
    context?: [string, string][];
}

export interface RunPageData extends Common {
    page: "run";
    view: "report" | "dashboard";
    kind: "CHECK" | "COMPARISON";
    counted: string;
    gate: {
        /** The gate passes, and no benchmark was judged. */
        unjudged?: boolean;
        state: "OPEN" | "CLOSED" | "UNDECIDED";
        words: string;
        reason: string;
        reasons: string[];
        /** What to do about it, as the terminal has it; absent where the gate is open. */
        next?: string;
    };
    /** Of benchmarks. */
    counts: Record<Group | "MISSING" | "WITHIN_NOISE", number>;
    policy: Policy;
    candidates: { run: number; measured: string; environment: string }[];
    base: string;
    /** Those that were measured, the most urgent first. */
    benchmarks: BenchmarkData[];
    /** A line for each benchmark. */
    missing: string[];
    problems: string[];
    /** That the run is odd as a whole. */
    odd?: string;
    notes: string[];
    next: string[];
    /** Name, reference, candidate. */
    environment: [string, string, string][];
    hasReference: boolean;
    /** The branch whose incidents are told; absent where nobody looked for them. */
    branch?: string;
    /** What is open there, in words; empty where nothing is. */
    open?: string;
    incidents?: IncidentData[];
    called?: { text: string; open: boolean }[];
}

/** A step in one of the series of the page. */
export interface StepEvent {
    series: number;
    run: number;
    worse: boolean;
    change: number;
    text: string;
    interval: string;
    /** What people said of a step for the worse; absent where it waits for somebody, or is over. */
    state?: State;
}

export interface EventData extends StepEvent {
    at: number;
    severity: "NONE" | "MINOR" | "MAJOR" | "CRITICAL";
    before: string;
    after: string;
    open: boolean;
}

export type State = "NEW" | "ACKNOWLEDGED" | "ACCEPTED" | "MUTED" | "FIXED" | "RECOVERED" | "FALSE_ALARM";

export const STATES: Record<State, string> = {
    NEW: "Open",
    ACKNOWLEDGED: "Acknowledged",
    ACCEPTED: "Accepted",
    MUTED: "Muted",
    FIXED: "Fix promised",
    RECOVERED: "Recovered",
    FALSE_ALARM: "False alarm",
};

/** Changes that began together. */
export interface IncidentData {
    id: string;
    state: State;
    kind: "CODE" | "ENVIRONMENT" | "NOISE" | "COST_SHIFT" | "SLOPE";
    worse: boolean;
    /** It waits for somebody. */
    open: boolean;
    /** Smaller than the margin; two environments agree on it. */
    slight?: boolean;
    /** The first run that is certain to have it. */
    run: number;
    /** The last run that is certain not to. */
    after?: number;
    /** The run with which everything is back. */
    back?: number;
    /** The largest, in its direction. */
    change: number;
    text: string;
    interval: string;
    subject: string;
    headline: string;
    /** How many of its series people decided on already, in words; absent where all are in one state. */
    others?: string;
    cause: string;
    said?: string;
    reasons: string[];
    /** What else moved there, in sentences. */
    also: string[];
    suspects: { share: string; commit?: string; author?: string; subject?: string; reasons: string[] }[];
    /** Those of its series that are on the page. */
    members: {
        series: number;
        worse: boolean;
        text: string;
        interval: string;
        before: string;
        after: string;
        back?: number;
        /** Where it stands, if that is not what the whole incident says. */
        state?: State;
        /** Whether people decided on it and not on the others, which the incident's state and size are about. */
        decided?: boolean;
    }[];
    /** How many series it has. */
    count: number;
}

/** Where an incident stands; a fix is a promise until everything is back. */
export function stateOf(incident: IncidentData): string {
    if (!incident.worse) {
        return "better";
    }
    return incident.state === "FIXED" && incident.back !== undefined ? "fixed" : STATES[incident.state].toLowerCase();
}

/** Whether an incident's loss is still there and counts: it is neither noise, nor slight, nor a false alarm. */
export function isThere({ worse, back, state, kind, slight }: IncidentData): boolean {
    return worse && back === undefined && state !== "FALSE_ALARM" && kind !== "NOISE" && !slight;
}

/** A benchmark of which checks have detected regressions that no incident has. */
export interface CalledData {
    /** Of the finding, for commands. */
    id: string;
    text: string;
    open: boolean;
    /** Whether somebody knows of it and still has to remove it. */
    waits: boolean;
    severity: string;
    /** Who wrote the commit; empty where nobody is known. */
    author: string;
    /** Commands, with their purposes; empty where somebody has triaged it. */
    next: string;
    /** The places of its series, and how much each is worse. */
    series: number[];
    changes: string[];
}

export interface ChroniclePageData extends Common {
    page: "history" | "executive" | "dashboard";
    title: string;
    since: string;
    until: string;
    sinceSeconds: number;
    tone: "open" | "closed" | "undecided";
    headline: string;
    details: string;
    /** The command that shows more of what the headline names; empty where it names nothing. */
    next: string;
    /** The newest run; absent where there is none. */
    newest?: number;
    /** What no incident and no step tells. */
    remarks: string[];
    margin: string;
    /** Of benchmarks, each as the worst of its primary metrics. */
    counts: Record<Standing, number>;
    /** By the places of their series, the one that says how it stands first; without context. */
    benchmarks: { standing: Standing; series: number[] }[];
    weeks: { monday: string; worse: number; better: number }[];
    events: EventData[];
    /** Absent where nobody looked for them. */
    incidents?: IncidentData[];
    /** How many are open, and what is known of them, in words; empty where none is. */
    open?: string;
    /** What checks have called and no incident has. */
    called?: CalledData[];
    /** Why the check of the newest run does not pass, besides what got worse; with what to do about it. */
    stops?: { text: string; next: string; fails: boolean }[];
    indebted: number[];
}

export type PageData = RunPageData | ChroniclePageData;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CODES = new Map([...ALPHABET].map((character, code) => [character, code] as const));

/** Numbers from their packed text; one that is missing is not a number. */
export function unpack(step: number, text: string): number[] {
    const values: number[] = [];
    let before = 0;
    let rest = 0;
    let weight = 1;
    for (const character of text) {
        if (character === ".") {
            values.push(Number.NaN);
            continue;
        }
        const code = CODES.get(character);
        if (code === undefined) {
            throw new Error(`'${character}' is no packed number`);
        }
        rest += (code % 32) * weight;
        if (code >= 32) {
            weight *= 32;
            continue;
        }
        before += rest % 2 === 0 ? rest / 2 : -(rest + 1) / 2;
        values.push(before * step);
        rest = 0;
        weight = 1;
    }
    return values;
}

/** A course as it is drawn. */
export interface Course {
    packed: PackedCourse;
    values: number[];
    /** The place of each point's run in the table of runs. */
    runs: number[];
}

const COURSES = new WeakMap<PackedCourse, Course>();
const AXES = new WeakMap<string[], number[][]>();

/** The course of a series; unpacked once. */
export function courseOf(series: SeriesData, page: PageData): Course | undefined {
    const packed = series.course;
    if (!packed) {
        return undefined;
    }
    let course = COURSES.get(packed);
    if (!course) {
        let axes = AXES.get(page.axes);
        if (!axes) {
            axes = [];
            AXES.set(page.axes, axes);
        }
        axes[packed.axis] ??= unpack(1, page.axes[packed.axis] ?? "");
        course = { packed, values: unpack(packed.step, packed.values), runs: axes[packed.axis] ?? [] };
        COURSES.set(packed, course);
    }
    return course;
}

/** Stretches between the steps, those below the margin too. */
export function stretches(course: Course): { from: number; to: number; level: number; band?: [number, number] }[] {
    const all: { from: number; to: number; level: number; band?: [number, number] }[] = [];
    const bands = course.packed.bands;
    const band = (place: number) => {
        const low = bands?.[2 * place];
        const high = bands?.[2 * place + 1];
        return low === undefined || high === undefined ? {} : { band: [low, high] as [number, number] };
    };
    let from = 0;
    const steps = [...course.packed.steps, ...(course.packed.small ?? [])].sort((one, other) => one.at - other.at);
    for (const step of steps) {
        if (step.before !== undefined) {
            all.push({ from, to: step.at, level: step.before, ...band(all.length) });
        }
        from = step.at;
    }
    const level = course.packed.regime?.level ?? steps[steps.length - 1]?.after;
    if (level !== undefined && from < course.values.length) {
        all.push({ from, to: course.values.length, level, ...band(all.length) });
    }
    return all;
}

/** Whether it is a reason why the gate does not pass: it is never folded away, whatever its verdict. */
export function stopsGate(series: SeriesData): boolean {
    return series.finding?.blocks !== undefined;
}

/** Whether a series has never measured anything but zero: nobody needs to see it. */
export function isAlwaysZero({ course }: SeriesData): boolean {
    return course !== undefined && course.values !== "" && /^A+$/.test(course.values);
}

/** The place of the first point of a run, or of the first one after it; undefined where all are before. */
export function placeOfRun(course: Course, run: number, page: PageData): number | undefined {
    const same = course.runs.indexOf(run);
    const time = page.runs.seconds[run] ?? Number.POSITIVE_INFINITY;
    const place = same >= 0 ? same : course.runs.findIndex((other) => (page.runs.seconds[other] ?? 0) >= time);
    return place < 0 ? undefined : place;
}

/** Gives each series the environment that tells it apart from the same one measured elsewhere. */
export function nameEnvironments(page: PageData): PageData {
    const nameOf = ({ label, metric, branch }: SeriesData) => JSON.stringify([label, metric, branch]);
    const all = new Map<string, Set<string>>();
    for (const series of page.series) {
        all.set(nameOf(series), (all.get(nameOf(series)) ?? new Set()).add(series.environment));
    }
    for (const series of page.series) {
        if ((all.get(nameOf(series))?.size ?? 0) > 1) {
            series.where = series.environment;
        }
    }
    return page;
}

/** The other metrics of the benchmark, then the same metric with other parameters or in other environments. */
export function siblingsOf(series: SeriesData, page: PageData): SeriesData[] {
    const name = (one: SeriesData) => one.name ?? one.label;
    const near = page.series.filter((one) => one !== series && name(one) === name(series) && !isAlwaysZero(one));
    const isSame = (one: SeriesData) => one.label === series.label && one.environment === series.environment;
    return [...near.filter(isSame), ...near.filter((one) => !isSame(one) && one.metric === series.metric)];
}
