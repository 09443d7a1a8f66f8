import { describe, expect, it } from "vitest";
import { causesOfIncidents, causesOfRun, causesOfSteps, withoutShown } from "../src/causes";
import { judged, triagedSeries } from "../src/chronicle";
import { commandsOf, commandsOfIncident } from "../src/commands";
import {
    type ChroniclePageData,
    type Finding,
    type IncidentData,
    isAlwaysZero,
    type RunPageData,
    type SeriesData,
    siblingsOf,
} from "../src/data";
import { windowOf } from "../src/shapes";

function finding(group: Finding["group"], relative: number, rest: Partial<Finding> = {}): Finding {
    return {
        margin: 0.02,
        group,
        severity: "NONE",
        verdict: group.toLowerCase(),
        effect: {
            before: "1",
            after: "2",
            relative,
            text: `${100 * relative} %`,
            interval: "",
            confidence: "95 %",
            worse: relative > 0,
        },
        why: "",
        ladder: [],
        ...rest,
    };
}

function series(label: string, metric: string, rest: Partial<SeriesData> = {}): SeriesData {
    return { id: `${label}-${metric}`, label, metric, unit: "ms", environment: "e", branch: "main", ...rest };
}

function page(all: SeriesData[], benchmarks: RunPageData["benchmarks"]): RunPageData {
    return {
        page: "run",
        kind: "CHECK",
        series: all,
        benchmarks,
        candidates: [{ run: 1, measured: "", environment: "e" }],
        runs: {
            commit: ["aaaaaaa", "bbbbbbb"],
            branch: ["main", "main"],
            time: ["2026-01-01 00:00", "2026-01-02 00:00"],
            id: ["1", "2"],
            seconds: [1, 2],
            subject: ["First", "Second"],
            author: ["Ada", "Bo"],
        },
        axes: [],
    } as unknown as RunPageData;
}

describe("the causes of a run", () => {
    const all = [
        series("A", "time", { finding: finding("REGRESSED", 0.1, { since: "bbbbbbb" }) }),
        series("A", "alloc", { finding: finding("REGRESSED", 0.3, { since: "bbbbbbb" }) }),
        series("B", "time", { finding: finding("REGRESSED", 0.5, { since: "aaaaaaa" }) }),
        series("C", "time", { finding: finding("IMPROVED", -0.9) }),
        series("D", "time", {
            finding: finding("INCONCLUSIVE", 0.04, { limit: { words: "over limit", relative: 0.06, text: "+6.0 %" } }),
        }),
        series("E", "time", { finding: finding("INCONCLUSIVE", 0.2) }),
    ];
    const causes = causesOfRun(
        page(all, [
            { group: "REGRESSED", series: [0, 1] },
            { group: "REGRESSED", series: [2] },
            { group: "IMPROVED", series: [3] },
            { group: "INCONCLUSIVE", series: [4] },
            { group: "INCONCLUSIVE", series: [5] },
        ]),
    );

    it("are commits with message and author, the largest first, what got better behind them", () => {
        expect(causes.map(({ commit, subject, author, size, tone }) => [commit, subject, author, size, tone])).toEqual([
            ["aaaaaaa", "First", "Ada", "50 %", "worse"],
            ["bbbbbbb", "Second", "Bo", "30 %", "worse"],
            ["bbbbbbb", "Second", "Bo", "-90 %", "better"],
        ]);
    });

    it("say whether this change is the cause", () => {
        expect(causes.map(({ state }) => state)).toEqual([
            "regressed in an earlier commit",
            "regressed in this change",
            "improved",
        ]);
    });

    it("name what each hit, the largest first", () => {
        expect(causes[1]?.hits.map((hit) => hit.series)).toEqual([1, 0, 4]);
    });
});

const incident = (id: string, rest: Partial<IncidentData> = {}): IncidentData => ({
    id,
    state: "NEW",
    kind: "CODE",
    worse: true,
    open: true,
    run: 1,
    change: 0.2,
    text: "+20.0 %",
    interval: "",
    subject: "A time",
    headline: "",
    cause: "94 % bbbbbbb Second",
    reasons: [],
    also: [],
    suspects: [{ share: "94 %", commit: "bbbbbbb", author: "Bo", subject: "Second", reasons: [] }],
    members: [
        { series: 0, worse: false, text: "-1.0 %", interval: "", before: "", after: "" },
        { series: 1, worse: true, text: "+20.0 %", interval: "", before: "", after: "" },
    ],
    count: 2,
    ...rest,
});

describe("the incidents beside the causes of a run", () => {
    const all = [
        series("A", "time", { finding: finding("REGRESSED", 0.247, { since: "aaaaaaa" }) }),
        series("B", "time", { finding: finding("REGRESSED", 0.3, { since: "bbbbbbb" }) }),
    ];
    const members = (place: number) => [
        { series: place, worse: true, text: "+24.8 %", interval: "", before: "", after: "" },
    ];
    const incidents = [
        incident("i1", { run: 0, members: members(0) }),
        incident("i2", { run: 1, members: members(1) }),
        incident("i3", { run: 0, members: members(1) }),
    ];

    it("are those that no cause shows: of one change there is one line", () => {
        const run = page(all, [
            { group: "REGRESSED", series: [0] },
            { group: "REGRESSED", series: [1] },
        ]);
        const causes = causesOfRun({ ...run, incidents });
        // what began earlier in the series of a new regression is another change
        expect(withoutShown(incidents, causes).map(({ id }) => id)).toEqual(["i3"]);
        expect(withoutShown(incidents, [])).toEqual(incidents);
    });
});

describe("the causes of a period", () => {
    it("are incidents: open ones first, the largest of them before the others", () => {
        const causes = causesOfIncidents(
            [
                incident("i1", { state: "ACCEPTED", open: false, change: 0.9 }),
                incident("i2", { change: 0.1 }),
                incident("i3", { change: 0.5 }),
                incident("i4", { worse: false, open: false, change: -0.7 }),
            ],
            page([series("A", "time"), series("A", "alloc")], []),
        );
        expect(causes.map(({ key }) => key)).toEqual(["i3", "i2", "i4", "i1"]);
        expect(causes[0]).toMatchObject({ commit: "bbbbbbb", subject: "Second", author: "Bo", share: "94 %" });
        expect(causes[0]?.hits[0]?.series).toBe(1);
    });

    it("blame no commit for what the machine or a slope did", () => {
        const [machine] = causesOfIncidents(
            [
                incident("i1", {
                    kind: "ENVIRONMENT",
                    suspects: [{ share: "100 %", reasons: [] }],
                    cause: "environment: kernel",
                }),
            ],
            page([series("A", "time"), series("A", "alloc")], []),
        );
        expect(machine?.commit).toBeUndefined();
        expect(machine?.subject).toBe("environment: kernel");
    });

    it("are first of all the series that nobody has decided on", () => {
        const member = { worse: true, interval: "", before: "1", after: "2" };
        const [cause] = causesOfIncidents(
            [
                incident("i1", {
                    text: "+26.7 %",
                    others: "1 other accepted",
                    count: 2,
                    members: [
                        { ...member, series: 1, text: "+34.7 %", state: "ACCEPTED", decided: true },
                        { ...member, series: 0, text: "+26.7 %" },
                    ],
                }),
            ],
            page([series("b", "time"), series("c", "time")], []),
        );

        expect(cause?.hits.map(({ text }) => text)).toEqual(["+26.7 %"]);
        expect(cause?.count).toBe(1);
    });

    it("are steps that began with one run where nobody looked for incidents", () => {
        const step = (place: number, run: number, change: number, open = true) => ({
            series: place,
            run,
            at: 0,
            worse: change > 0,
            change,
            text: `${change}`,
            interval: "",
            severity: "NONE",
            before: "",
            after: "",
            open,
        });
        const base = page([series("A", "time"), series("B", "time")], []);
        const causes = causesOfSteps({
            ...base,
            page: "history",
            events: [step(0, 1, 0.1), step(1, 1, 0.4), step(0, 0, -0.2)],
        } as unknown as ChroniclePageData);
        expect(causes.map(({ commit, tone, size, count }) => [commit, tone, size, count])).toEqual([
            ["bbbbbbb", "worse", "0.4", 2],
            ["aaaaaaa", "better", "-0.2", 1],
        ]);
        const told = (...states: (string | undefined)[]) => {
            const events = states.map((state, place) => ({ ...step(place, 1, 0.1), ...(state && { state }) }));
            const history = { ...base, page: "history", events } as unknown as ChroniclePageData;
            return [causesOfSteps(history)[0]?.tone, causesOfSteps(history)[0]?.state, triagedSeries(history).size];
        };
        expect(told("ACCEPTED")).toEqual(["known", "accepted", 1]);
        expect(told("ACCEPTED", "ACCEPTED")).toEqual(["known", "accepted", 2]);
        expect(told("MUTED")).toEqual(["suspect", "muted", 1]);
        expect(told("ACCEPTED", undefined)).toEqual(["worse", "worse", 1]);
    });
});

describe("commands", () => {
    it("accept, triage and explain a regression", () => {
        const lines = commandsOf(finding("REGRESSED", 0.1, { id: "abc-def", accept: "plumb accept A" })).map(
            ([, line]) => line,
        );
        expect(lines).toEqual([
            "plumb accept A",
            "plumb triage acknowledge abc-def",
            "plumb triage false-alarm abc-def",
            "plumb explain abc-def",
        ]);
        expect(commandsOf(finding("UNCHANGED", 0))).toEqual([]);
    });

    it("acknowledge only what is open, and triage nothing that got better", () => {
        expect(commandsOfIncident(incident("i1", { open: false })).map(([, line]) => line)).not.toContain(
            "plumb triage acknowledge i1",
        );
        expect(commandsOfIncident(incident("i1", { worse: false }))).toEqual([
            ["Details on the terminal", "plumb incidents i1"],
        ]);
    });
});

describe("series", () => {
    it("that are always zero are known from their packed values", () => {
        const course = (values: string) => ({ axis: 0, step: 1, values, factor: 1, suffix: "", steps: [] });
        expect(isAlwaysZero(series("A", "gc", { course: course("AAAA") }))).toBe(true);
        expect(isAlwaysZero(series("A", "gc", { course: course("OAAA") }))).toBe(false);
        expect(isAlwaysZero(series("A", "gc", { course: course("") }))).toBe(false);
        expect(isAlwaysZero(series("A", "gc"))).toBe(false);
    });

    it("have the other metrics of their benchmark beside them, then other parameters", () => {
        const all = [
            series("A {n=1}", "time", { name: "A" }),
            series("A {n=2}", "time", { name: "A" }),
            series("A {n=1}", "alloc", { name: "A" }),
            series("A {n=2}", "alloc", { name: "A" }),
            series("B", "time"),
        ];
        expect(siblingsOf(all[0] as SeriesData, page(all, [])).map(({ id }) => id)).toEqual([
            "A {n=1}-alloc",
            "A {n=2}-time",
        ]);
    });

    it("are drawn around a change, or to their end", () => {
        expect(windowOf(300, 150)).toEqual([90, 210]);
        expect(windowOf(300, 299)).toEqual([180, 300]);
        expect(windowOf(300, undefined)).toEqual([180, 300]);
        expect(windowOf(30, 15)).toEqual([0, 30]);
    });
});

describe("What is known of series", () => {
    const member = (series: number, rest = {}) =>
        ({ series, worse: true, text: "", interval: "", before: "", after: "", ...rest }) as IncidentData["members"][0];
    const page = (...incidents: IncidentData[]) => ({ series: [], incidents }) as unknown as ChroniclePageData;

    it("is the state of its incidents where each of them is triaged", () => {
        const states = triagedSeries(
            page(
                incident("i1", { state: "ACKNOWLEDGED", open: false, members: [member(0), member(1), member(2)] }),
                incident("i2", { state: "NEW", open: true, members: [member(1)] }),
                incident("i3", { state: "ACCEPTED", open: false, members: [member(3), member(4, { back: 7 })] }),
                incident("i4", { state: "FALSE_ALARM", open: false, members: [member(5)] }),
            ),
        );
        expect([...states]).toEqual([
            [0, "ACKNOWLEDGED"],
            [2, "ACKNOWLEDGED"],
            [3, "ACCEPTED"],
        ]);
    });

    it("leaves context metrics out where anything is judged", () => {
        const [time, context] = [{ id: "a" }, { id: "b", context: true }] as SeriesData[];
        expect(judged({ series: [time, context] } as ChroniclePageData)).toEqual([time]);
        expect(judged({ series: [context] } as ChroniclePageData)).toEqual([context]);
    });

    it("is open only where nobody has triaged it, and amber where it is still to be fixed", () => {
        const tones = (["ACKNOWLEDGED", "MUTED", "FIXED", "ACCEPTED", "RECOVERED", "FALSE_ALARM"] as const).map(
            (state) => causesOfIncidents([incident("i1", { state, open: false })], page())[0]?.tone,
        );
        expect(tones).toEqual(["suspect", "suspect", "suspect", "known", "known", "known"]);
    });
});
