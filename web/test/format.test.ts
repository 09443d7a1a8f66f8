import { describe, expect, it } from "vitest";
import {
    axisTime,
    change,
    count,
    csvCell,
    digits,
    nameWithoutCommit,
    rounded,
    short,
    steps,
    visible,
    whole,
} from "../src/format";

describe("digits", () => {
    it.each([
        [1234.5678, "1,235"],
        [0.0123456, "0.01235"],
        [1234567, "1,234,567"],
        [-42.1, "-42.10"],
        [0, "0"],
        [1.5e15, "1.500e15"],
        [2e-7, "2.000e-7"],
        [Number.NaN, "–"],
        [Number.POSITIVE_INFINITY, "∞"],
    ])("of %d are %s", (value, text) => {
        expect(digits(value)).toBe(text);
    });
});

describe("change", () => {
    it.each([
        [0.241, "+24.1 %"],
        [-0.03, "-3.0 %"],
        [-0.0001, "0.0 %"],
        [Number.POSITIVE_INFINITY, "∞"],
    ])("of %d is %s", (value, text) => {
        expect(change(value)).toBe(text);
    });
});

describe("visible", () => {
    it("shows what moves the cursor, turns the writing or cannot be seen", () => {
        expect(visible("\u001b[31m a\u202eb\u0007\u200b\ud800")).toBe("␛[31m a\\u202eb␇\\u200b\\ud800");
    });
});

describe("a run without a commit", () => {
    it.each([
        ["4dee0d7e4d", "run 4dee0d7e4d, commit unknown"],
        ["before.json", "before.json"],
        ["", "commit unknown"],
    ])("%j is called %j, as on the terminal", (id, words) => {
        const { before, name, behind } = nameWithoutCommit(id);
        expect(before + name + behind).toBe(words);
    });
});

describe("a cell", () => {
    it.each(["=cmd()", "+1", "-1", "@a", "  =1", "a;=1", "a,=1", '";=1', "＝1", "\t=1"])("%j is no formula", (text) => {
        for (const cell of csvCell(text).split(/[,;"]/)) {
            expect(cell.trim()).not.toMatch(/^[=+\-@＝]/);
        }
    });

    it("keeps numbers as they are", () => {
        expect(csvCell(-1.5)).toBe("-1.5");
        expect(csvCell(Number.NaN)).toBe("");
    });
});

it("counts with commas", () => {
    expect(count(1234567)).toBe("1,234,567");
    expect(count(12)).toBe("12");
});

it("keeps a number and its unit on one line", () => {
    expect(whole("2 %")).toBe("2\u00a0%");
});

it("tells the day on a long axis, and the hour too on a short one", () => {
    const time = Date.UTC(2026, 7, 1, 16, 5);
    expect(axisTime(time, 90 * 86_400_000)).toBe("2026-08-01");
    expect(axisTime(time, 3_600_000)).toBe("08-01 16:05");
});

it("shortens a commit, and keeps that there were changes to it", () => {
    expect(short("0123456789abcdef")).toBe("0123456789");
    expect(short("0123456789abcdef-dirty")).toBe("0123456789-dirty");
    expect(short("abc-dirty")).toBe("abc-dirty");
    expect(short("")).toBe("unknown");
});

describe("steps", () => {
    it.each([
        [2, "2 worse"],
        [0, "0"],
        [-1, "1 better"],
    ])("tells %d apart from its opposite", (value, text) => expect(steps(value)).toBe(text));
});

describe("rounded", () => {
    it.each([
        [0.5, 2, "0.5"],
        [123.456, 2, "120"],
        [800_000, 2, "800000"],
        [2e9, 1, "2e9"],
        [2e9, 2, "2e9"],
        [1.5e12, 2, "1.5e12"],
        [-3e7, 2, "-3e7"],
    ])("tells %d on an axis", (value, significant, text) => expect(rounded(value, significant)).toBe(text));
});
