import { describe, expect, it } from "vitest";
import {
    commonPrefix,
    cutApart,
    cutMiddle,
    parted,
    sharedParameters,
    suiteOf,
    suites,
    withoutParameters,
    withoutSeparator,
} from "../src/names";

describe("the beginning that names share", () => {
    it.each([
        [["org.example.Sort", "org.example.Search"], "org.example."],
        [["a/b/c", "a/b/d"], "a/b/"],
        [["t.py::one", "t.py::two"], "t.py::"],
        [["./work.sh", "./work.py"], ""],
        [["work.sh 1", "work.sh 2"], ""],
        [["./bin/work.sh a", "./bin/work.sh b"], "./bin/"],
        [["Range/[1.5/2,3]-a", "Range/[1.5/2,4]-b"], "Range/"],
        [["BM_Sort/8", "BM_Sort/64"], ""],
        [["a.b", "a.b"], ""],
        [[], ""],
    ])("of %j is %j", (names, prefix) => {
        expect(commonPrefix(names)).toBe(prefix);
    });

    it("is told without its separator", () => {
        expect(["t.py::", "org.example.", "a/", "x"].map(withoutSeparator)).toEqual(["t.py", "org.example", "a", "x"]);
    });
});

describe("a suite", () => {
    it.each([
        ["org.example.Sort.quick", "org.example.Sort"],
        ["org.example.Sort", "org.example"],
        ["alpha|@kurkle/color|parse", "alpha|@kurkle/color"],
        ["Range/[1,2]-Config.default - gas", "Range/[1,2]-Config.default"],
        ["./work.sh a b", "./work.sh"],
        ["t.py::one[1/2]", "t.py"],
        ["BM_Sort/8 {n=1}", "BM_Sort"],
        ["quick {n=1}", ""],
        ["[1.5]", ""],
    ])("of %j is %j", (name, suite) => {
        expect(suiteOf(name)).toBe(suite);
    });
});

describe("a name that is too long", () => {
    it.each([
        ["short", 10, "short"],
        ["WordCount.count {words=500} time", 16, "WordCo…500} time"],
        ["\u{1d54f}".repeat(9), 5, "\u{1d54f}…\u{1d54f}\u{1d54f}\u{1d54f}"],
    ])("%j in %d characters is %j", (name, most, cut) => {
        expect(cutMiddle(name, most)).toBe(cut);
        expect([...cut].length).toBeLessThanOrEqual(most);
    });
});

describe("names beside a chart", () => {
    const names = [
        "http2_parallel_x10_empty {suite=end_to_end} time",
        "http2_parallel_x10_req_10mb {suite=end_to_end} time",
        "http2_parallel_x10_res_10mb {suite=end_to_end} time",
        "http1_consecutive_x1_req_10b {suite=end_to_end} time",
    ];

    it("are cut where they are alike, never where they differ", () => {
        for (const most of [16, 20, 28, 40]) {
            const cut = cutApart(names, most);
            expect(new Set(cut).size).toBe(names.length);
            expect(cut.every((name) => [...name].length <= most)).toBe(true);
        }
        expect(cutApart(names, 40)[1]).toContain("req_10mb");
    });

    it("are not cut inside a number", () => {
        expect(cutApart(["WordCount.count {n=1000, threads=4}", "Sort.merge"], 24)[0]).not.toMatch(/n=10{0,2}…|…0/);
    });

    it("leave out the parameters that all have", () => {
        expect(sharedParameters(["a {n=1, suite=s}", "b {suite=s}"])).toEqual(["suite=s"]);
        expect(sharedParameters(["a {suite=s}", "b"])).toEqual([]);
        expect(sharedParameters(["a {suite=s}", "a {suite=s}"])).toEqual([]);
        expect(withoutParameters("a {n=1, suite=s}", ["suite=s"])).toBe("a {n=1}");
        expect(withoutParameters("a {suite=s}", ["suite=s"])).toBe("a");
    });
});

describe("suites", () => {
    const sizes = (labels: string[]) =>
        [
            ...suites(
                labels.map((label) => ({ label })),
                "",
            ),
        ].map(([name, all]) => [name, all.length]);

    it("are what a parameter says, else the first word; one of each benchmark is none", () => {
        expect(sizes(["a {suite=s}", "b {suite=s}", "c {suite=t}"])).toEqual([
            ["s", 2],
            ["t", 1],
        ]);
        expect(sizes(["Sort.quick", "Sort.merge", "Count.all"])).toEqual([
            ["Sort", 2],
            ["Count", 1],
        ]);
        expect(sizes(["decode", "encode", "parse"])).toEqual([["all benchmarks", 3]]);
    });

    it("are classes, never the beginning that most packages share", () => {
        const names = [
            ...["quick", "merge", "tim"].map((method) => `com.acme.sort.Sort.${method} {n=1}`),
            ...["parse", "write"].map((method) => `com.acme.text.Json.${method}`),
            ...["split", "join", "trim"].map((method) => `com.acme.text.CsvLine.${method}`),
            ...["update", "combine"].map((method) => `com.acme.hash.Crc.${method}`),
            "org.other.Startup.run",
        ];
        expect(sizes(names)).toEqual([
            ["Sort", 3],
            ["Json", 2],
            ["CsvLine", 3],
            ["Crc", 2],
            ["Startup", 1],
        ]);
    });

    it("are packages where each class has one benchmark, and none where nearly all are in one", () => {
        expect(sizes(["a.x.A.run", "a.x.B.run", "a.y.C.run", "a.y.D.run"])).toEqual([
            ["x", 2],
            ["y", 2],
        ]);
        const classes = Array.from({ length: 10 }, (_, place) => `com.acme.p${place}.C${place}.run`);
        expect(sizes([...classes, "org.other.Startup.run"])).toEqual([["all benchmarks", 11]]);
    });

    it("have their packages in their names only where two classes have one name", () => {
        expect(sizes(["a.x.Sort.one", "a.x.Sort.two", "a.y.Sort.one", "a.y.Sort.two"])).toEqual([
            ["a.x.Sort", 2],
            ["a.y.Sort", 2],
        ]);
    });
});

describe("parted", () => {
    it("tells the parameters apart from the name", () => {
        expect(parted({ name: "Sort.quick", label: "Sort.quick {n=1000, suite=a}" })).toEqual({
            name: "Sort.quick",
            parameters: "n=1000, suite=a",
        });
    });

    it("leaves alone what has no parameters, or braces of its own", () => {
        expect(parted({ label: "Sort {odd}" })).toEqual({ name: "Sort {odd}", parameters: "" });
        expect(parted({ name: "Sort", label: "Sorted {n=1}" })).toEqual({ name: "Sorted {n=1}", parameters: "" });
        expect(parted({ name: "Sort {", label: "Sort { {n={}}" })).toEqual({ name: "Sort {", parameters: "n={}" });
    });
});
