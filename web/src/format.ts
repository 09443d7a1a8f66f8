import type { PackedCourse } from "./data";

/** A number with this many significant digits, commas between thousands, the same in every country. */
export function digits(value: number, significant = 4): string {
    if (Number.isNaN(value)) {
        return "–";
    }
    if (!Number.isFinite(value)) {
        return value > 0 ? "∞" : "-∞";
    }
    if (value === 0) {
        return "0";
    }
    const size = Math.abs(value);
    if (size >= 1e12 || size < 1e-4) {
        return value.toExponential(significant - 1).replace("e+", "e");
    }
    const whole = Math.floor(Math.log10(size)) + 1;
    const text = value.toFixed(Math.max(0, Math.min(12, significant - whole)));
    const [before = "", after] = text.split(".");
    return before.replace(/\B(?=(\d{3})+$)/g, ",") + (after ? `.${after}` : "");
}

/** A number on an axis: no zeros behind what is significant, and a power of ten where there would be many before. */
export function rounded(value: number, significant: number): string {
    return Math.abs(value) >= 1e6
        ? value.toExponential(Math.min(1, significant - 1)).replace(/(?:\.0)?e\+?/, "e")
        : String(Number(value.toPrecision(significant)));
}

/** A whole number with commas between thousands. */
export function count(value: number): string {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A tick of an axis with steps for the worse above zero and those for the better below it. */
export function steps(value: number): string {
    return value === 0 ? "0" : `${count(Math.abs(value))} ${value > 0 ? "worse" : "better"}`;
}

/** A number with its unit, which no line breaks apart. */
export function whole(text: string): string {
    return text.replaceAll(" ", "\u00a0");
}

/** The same unless it is so long that a line has to break it. */
export function together(text: string): string {
    return text.length <= 16 ? whole(text) : text.replaceAll(" %", "\u00a0%");
}

const FEW_DAYS = 4 * 86_400_000;

/** A time on an axis: the day, or within few days the hour too; UTC. */
export function axisTime(time: number, span: number): string {
    const text = new Date(time).toISOString();
    return span > FEW_DAYS ? text.slice(0, 10) : text.slice(5, 16).replace("T", " ");
}

/** A value of a course with its unit. */
export function quantity(value: number, course: PackedCourse, significant = 4): string {
    return digits(value * course.factor, significant) + course.suffix;
}

/** A relative change with its sign. */
export function change(relative: number): string {
    if (!Number.isFinite(relative)) {
        return digits(relative);
    }
    const percent = (100 * relative).toFixed(1);
    if (percent === "0.0" || percent === "-0.0") {
        return "0.0 %";
    }
    return `${relative > 0 ? "+" : ""}${percent} %`;
}

/** Ends the commit of a working copy with changes that were not committed. */
const DIRTY = "-dirty";

/** The first ten characters of a commit, and whether there were changes to it. */
export function short(commit: string): string {
    if (commit === "") {
        return "unknown";
    }
    return commit.endsWith(DIRTY) ? commit.slice(0, -DIRTY.length).slice(0, 10) + DIRTY : commit.slice(0, 10);
}

/** What a run is called, with a word before it and one behind it. */
export interface RunName {
    before: string;
    name: string;
    behind: string;
}

/** The name of a run without a commit, as the terminal has it; of what was read from a file, the file's alone. */
export function nameWithoutCommit(id: string): RunName {
    if (id === "") {
        return { before: "commit ", name: "unknown", behind: "" };
    }
    return /^[0-9a-f]{10}$/.test(id)
        ? { before: "run ", name: id, behind: ", commit unknown" }
        : { before: "", name: id, behind: "" };
}

/** Characters that move the cursor, turn the direction of writing or cannot be seen, made visible. */
export function visible(text: string): string {
    return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
        const code = character.codePointAt(0) ?? 0;
        if (code < 0x20) {
            return String.fromCodePoint(0x2400 + code);
        }
        return code === 0x7f ? "␡" : `\\u${code.toString(16).padStart(4, "0")}`;
    });
}

/** A cell of comma-separated values that no spreadsheet takes for a formula. */
export function csvCell(value: string | number): string {
    if (typeof value === "number") {
        return Number.isFinite(value) ? String(value) : "";
    }
    const harmless = visible(value).replace(/(^|[;,|"])(\s*)(?=[=+\-@＝＋－＠])/g, "$1'$2");
    return /[,;"|'\s]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
