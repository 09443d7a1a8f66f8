import { describe, expect, it } from "vitest";
import { reference } from "../src/chronicle";
import { type Course, type SeriesData, stopsGate, stretches, unpack } from "../src/data";

describe("packed numbers", () => {
    it("come back as the differences say", () => {
        // 5, 3, missing, 40 steps of a half: differences 5, -2, 37 become 10, 3, 74
        expect(unpack(0.5, "KD.qC")).toEqual([2.5, 1.5, Number.NaN, 20]);
    });

    it("of nothing are none", () => {
        expect(unpack(1, "")).toEqual([]);
    });

    it("may be as large as whole numbers are exact", () => {
        let rest = 2n ** 51n;
        let text = "";
        const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        while (rest >= 32n) {
            text += alphabet[Number(rest % 32n) + 32];
            rest /= 32n;
        }
        text += alphabet[Number(rest)];
        expect(unpack(1, text)).toEqual([2 ** 50]);
    });

    it("with a character that is none of theirs are refused", () => {
        expect(() => unpack(1, "A<")).toThrow("no packed number");
    });
});

describe("stretches", () => {
    const course = (steps: { at: number; before: number }[], level?: number): Course => ({
        packed: {
            axis: 0,
            step: 1,
            values: "",
            factor: 1,
            suffix: "",
            steps: steps.map((step) => ({ ...step, text: "", interval: "", worse: true })),
            ...(level === undefined ? {} : { regime: { start: 0, level } }),
        },
        values: [1, 1, 2, 2],
        runs: [0, 1, 2, 3],
    });

    it("lie between the steps", () => {
        expect(stretches(course([{ at: 2, before: 1 }], 2))).toEqual([
            { from: 0, to: 2, level: 1 },
            { from: 2, to: 4, level: 2 },
        ]);
    });

    it("lie between steps below the margin, too", () => {
        const { packed, ...rest } = course([{ at: 3, before: 1.5 }], 2);
        expect(
            stretches({ ...rest, packed: { ...packed, small: [{ at: 1, before: 1 }], bands: [0, 1, 1, 2, 2, 3] } }),
        ).toEqual([
            { from: 0, to: 1, level: 1, band: [0, 1] },
            { from: 1, to: 3, level: 1.5, band: [1, 2] },
            { from: 3, to: 4, level: 2, band: [2, 3] },
        ]);
    });

    it("are one without steps, and none without a level", () => {
        expect(stretches(course([], 1.5))).toEqual([{ from: 0, to: 4, level: 1.5 }]);
        expect(stretches(course([]))).toEqual([]);
    });

    it("are where a later value's distance begins, unless the level moved along a line", () => {
        const drawn = course([{ at: 2, before: 1 }], 2);
        const trend = {
            standing: "LEVEL",
            text: "",
            level: "",
            levelError: "",
            before: "",
            noiseText: "",
            noiseRange: "",
            debtText: "",
            debtRange: "",
            first: 0,
        } as const;
        const series = {
            id: "",
            label: "",
            metric: "",
            unit: "",
            environment: "",
            branch: "",
            trend,
        } satisfies SeriesData;
        expect(reference(series, drawn)).toBe(1);
        expect(reference({ ...series, trend: { ...trend, first: 3 } }, drawn)).toBe(2);
        expect(reference({ ...series, trend: { ...trend, start: 1.2 } }, drawn)).toBe(1.2);
    });
});

describe("a series", () => {
    const finding = { group: "INCONCLUSIVE" } as SeriesData["finding"];
    const series = (blocks?: string) => ({ finding: { ...finding, ...(blocks && { blocks }) } }) as SeriesData;

    it("stops the gate where the page has a reason against it, also without a verdict", () => {
        expect(stopsGate(series("two runs are 30 % apart"))).toBe(true);
        expect(stopsGate(series())).toBe(false);
        expect(stopsGate({} as SeriesData)).toBe(false);
    });
});
