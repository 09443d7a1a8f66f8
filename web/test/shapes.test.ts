import { describe, expect, it } from "vitest";
import { decimate, density, evenly, quantile, sparkline } from "../src/shapes";

describe("decimate", () => {
    it("keeps everything that fits, and leaves out what is no number", () => {
        expect(decimate([1, Number.NaN, 3], 10)).toEqual([0, 2]);
        expect(decimate([], 10)).toEqual([]);
    });

    it("keeps the ends and every spike of ten thousand points", () => {
        const values = Array.from({ length: 10_000 }, (_, index) => Math.sin(index / 900));
        values[1234] = 50;
        values[8765] = -50;
        const kept = decimate(values, 500);

        expect(kept).toHaveLength(500);
        expect(kept[0]).toBe(0);
        expect(kept[499]).toBe(9999);
        expect(kept).toContain(1234);
        expect(kept).toContain(8765);
        expect([...kept].sort((one, other) => one - other)).toEqual(kept);
    });
});

describe("quantile", () => {
    // numpy.quantile([1, 2, 4, 8], [0, 0.25, 0.5, 0.75, 1])
    it.each([
        [0, 1],
        [0.25, 1.75],
        [0.5, 3],
        [0.75, 5],
        [1, 8],
    ])("%d is %d", (share, value) => {
        expect(quantile([1, 2, 4, 8], share)).toBeCloseTo(value, 12);
    });

    it("of nothing is not a number", () => {
        expect(quantile([], 0.5)).toBeNaN();
    });
});

describe("density", () => {
    it("covers an area of one", () => {
        const curve = density([1, 2, 2.5, 3, 4], -4, 9, 400);
        const width = (curve[1]?.x ?? 0) - (curve[0]?.x ?? 0);
        expect(curve.reduce((sum, { y }) => sum + y * width, 0)).toBeCloseTo(1, 3);
    });

    it("has no shape for equal or few values", () => {
        expect(density([2, 2, 2, 2], 1, 3)).toEqual([]);
        expect(density([1, 2], 0, 3)).toEqual([]);
    });
});

describe("sparkline", () => {
    it("is flat for equal values, a point for one, and empty for none", () => {
        expect(sparkline([5, 5], 100, 20)).toBe("M0.0 10.0L100.0 10.0");
        expect(sparkline([5], 100, 20)).toBe("M50.0 10.0");
        expect(sparkline([], 100, 20)).toBe("");
    });

    it("stays inside its box for the largest numbers there are", () => {
        expect(sparkline([-1.7e308, 1.7e308], 100, 20)).toBe("M0.0 18.0L100.0 2.0");
    });
});

describe("evenly", () => {
    it("has both ends, whole numbers and no more than asked for", () => {
        expect(evenly(0, 60, 4)).toEqual([0, 20, 40, 60]);
        expect(evenly(3, 5, 8)).toEqual([3, 4, 5]);
        expect(evenly(0, 10_000, 100)).toHaveLength(8);
        expect(evenly(0, 9, 0)).toEqual([0, 9]);
        expect(evenly(4, 4, 5)).toEqual([4]);
        expect(evenly(5, 4, 5)).toEqual([]);
    });
});
