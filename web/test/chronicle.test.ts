import { describe, expect, it } from "vitest";
import { calledSeries, chartNames, inOrder, liveliest, seriesLabel } from "../src/chronicle";
import { type ChroniclePageData, type IncidentData, nameEnvironments, type SeriesData } from "../src/data";

function series(label: string, change: number): SeriesData {
    return {
        id: label,
        label,
        metric: "time",
        unit: "ms",
        environment: "e",
        branch: "main",
        trend: { standing: "LEVEL", change, text: "", noise: change, first: 0 },
    } as SeriesData;
}

function called(place: number, open: boolean) {
    const rest = { id: "", text: "", severity: "critical", author: "", next: "" };
    return { ...rest, open, waits: !open, series: [place], changes: ["+34.8 %"] };
}

function page(rest: Partial<ChroniclePageData>): ChroniclePageData {
    return {
        series: [series("moved", 0.5), series("wild", 0.4), series("detected", 0), series("open", 0.03)],
        events: [],
        ...rest,
    } as unknown as ChroniclePageData;
}

const INCIDENT = {
    id: "i1",
    worse: true,
    state: "NEW",
    kind: "CODE",
    slight: false,
    members: [{ series: 3, worse: true }],
} as unknown as IncidentData;

describe("what a period draws first", () => {
    it("is what a check detected, then open incidents, then what moved most", () => {
        const both = page({ called: [called(2, true)], incidents: [INCIDENT] });

        expect(liveliest(both, 3)).toEqual([2, 3, 0]);
        expect([...calledSeries(both)]).toEqual([[2, "+34.8 %"]]);
    });

    it("is what moved most where nothing is worse", () => {
        expect(liveliest(page({}), 2)).toEqual([0, 1]);
    });

    it("does not lead with what somebody has triaged before what is open", () => {
        const known = { ...INCIDENT, id: "i2", state: "ACKNOWLEDGED", members: [{ series: 1, worse: true }] };
        const both = page({ called: [called(2, false)], incidents: [known as unknown as IncidentData, INCIDENT] });

        expect(liveliest(both, 2)).toEqual([3, 1]);
        expect(liveliest(both, 3)).toEqual([3, 1, 2]);
        expect(calledSeries(both).size).toBe(0);
    });
});

describe("times that contradict the order of the points", () => {
    it.each([
        [[], []],
        [
            [1, 2, 2, 3],
            [1, 2, 2, 3],
        ],
        [
            [1, 2, 3, 1, 5, 6],
            [1, 2, 3, 3, 5, 6],
        ],
        [
            [1, 2, 30, 4, 5, 6],
            [1, 2, 2, 4, 5, 6],
        ],
        [
            [9, 1, 2, 3],
            [1, 1, 2, 3],
        ],
        [
            [3, 2, 1],
            [1, 1, 1],
        ],
    ])("%j become %j", (times, ordered) => {
        expect(inOrder(times)).toEqual(ordered);
    });
});

describe("a benchmark of several environments", () => {
    it("is named with its environment, and others are not", () => {
        const arm = { ...series("moved", 0), environment: "arm" };
        const both = nameEnvironments(page({ series: [series("moved", 0), arm, series("alone", 0)] }));

        expect(chartNames(both.series, "").names).toEqual(["moved time in e", "moved time in arm", "alone time"]);
        expect(both.series.map((one) => seriesLabel(one, ""))).toEqual([
            "moved time in e",
            "moved time in arm",
            "alone time",
        ]);
    });
});
