import { describe, expect, it } from "vitest";
import { commonPrefix, cutMiddle, suiteOf, withoutSeparator } from "../src/names";

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
        ["org.example.Sort.quick", "org.example.", "Sort"],
        ["alpha|@kurkle/color|parse", "", "alpha"],
        ["@kurkle/color|parse", "", "@kurkle"],
        ["Range/[1,2]-Config.default - gas", "Range/", "[1,2]-Config.default"],
        ["./work.sh a", "", "./work.sh"],
        ["t.py::one[1/2]", "", "t.py"],
        ["BM_Sort/8 {n=1}", "", "BM_Sort"],
        ["quick {n=1}", "", "quick"],
        ["[1.5]", "", "[1.5]"],
    ])("of %j behind %j is %j", (name, prefix, suite) => {
        expect(suiteOf(name, prefix)).toBe(suite);
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
