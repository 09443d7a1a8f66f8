/** A name that ends so is a file's, and its point no separator. */
const FILE =
    /\.(?:bash|bat|c|cc|cmd|cpp|exe|go|jar|java|js|json|jsh|kts|lua|mjs|out|php|pl|ps1|py|r|rb|rs|sh|sql|ts|wasm|zsh)$/;

const DOTTED = /^[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)+$/u;

const LETTER = /\p{L}/u;

/**
 * Where a name may be cut: behind a slash, a bar or two colons, and behind a point of a dotted identifier; never inside
 * brackets nor in a file's name, and only behind something with a letter.
 */
function joints(name: string, blanks: boolean): number[] {
    const found: number[] = [];
    const head = name.split(/[ ([{]/, 1)[0] as string;
    const dotted = DOTTED.test(head) && !FILE.test(head);
    let depth = 0;
    let letters = false;
    for (let i = 0; i < name.length; i++) {
        const character = name.charAt(i);
        if (character === " " && !blanks) {
            break;
        }
        letters ||= LETTER.test(character);
        if ("([{".includes(character)) {
            depth++;
        } else if (")]}".includes(character)) {
            depth = Math.max(0, depth - 1);
        } else if (
            depth === 0 &&
            letters &&
            ("/| ".includes(character) ||
                (character === ":" && name.charAt(i - 1) === ":") ||
                (character === "." && dotted && i < head.length))
        ) {
            found.push(i + 1);
        }
    }
    return found;
}

/** What all names begin with, up to a joint of each that leaves a word of it; empty for fewer than two names. */
export function commonPrefix(names: readonly string[]): string {
    const first = names[0];
    if (first === undefined || new Set(names).size < 2) {
        return "";
    }
    let shared = joints(first, false);
    for (const name of names) {
        const others = new Set(joints(name, false));
        shared = shared.filter(
            (joint) => others.has(joint) && name.startsWith(first.slice(0, joint)) && LETTER.test(name.slice(joint)),
        );
    }
    return first.slice(0, shared.at(-1) ?? 0);
}

/** Shortens a text to a number of characters: it loses its middle, and the end, where names differ, keeps more. */
export function cutMiddle(text: string, most: number): string {
    const characters = [...text];
    if (characters.length <= most) {
        return text;
    }
    const end = Math.ceil((most - 1) * 0.6);
    return `${characters.slice(0, most - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}

/** A word of a name: of letters up to the next capital, or of digits. */
const WORD = /\p{Lu}*[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]+|\p{Lu}+|\p{N}+/gu;

/** What it costs to cut inside a number, which would read as another one. */
const NUMBER = 1;

function isInNumber(characters: readonly string[], at: number): boolean {
    return /\d/.test(characters[at - 1] ?? "") && /\d/.test(characters[at] ?? "");
}

/** How much is told by a text up to each character: a word tells the more the fewer texts have it, however long. */
function told(text: string, size: number, texts: number, textsWith: ReadonlyMap<string, number>): number[] {
    const tells = new Array<number>(size + 1).fill(0);
    for (const match of text.matchAll(WORD)) {
        const start = [...text.slice(0, match.index)].length;
        const length = [...match[0]].length;
        const rare = texts < 2 ? 0 : Math.log(texts / (textsWith.get(match[0]) ?? 1)) / Math.log(texts);
        tells.fill(rare / length, start + 1, start + 1 + length);
    }
    for (let i = 1; i < tells.length; i++) {
        tells[i] = (tells[i] as number) + (tells[i - 1] as number);
    }
    return tells;
}

/** Shortens several texts to a number of characters: cut where they are alike, never where that makes two alike. */
export function cutApart(texts: readonly string[], most: number): string[] {
    const distinct = [...new Set(texts)];
    const textsWith = new Map<string, number>();
    for (const text of distinct) {
        for (const word of new Set(text.match(WORD))) {
            textsWith.set(word, (textsWith.get(word) ?? 0) + 1);
        }
    }
    return texts.map((text) => {
        const characters = [...text];
        if (characters.length <= most) {
            return text;
        }
        const tells = told(text, characters.length, distinct.length, textsWith);
        const cuts = Array.from({ length: most }, (_, start) => {
            const end = characters.length - (most - 1 - start);
            const lost =
                (tells[end] as number) -
                (tells[start] as number) +
                (isInNumber(characters, start) ? NUMBER : 0) +
                (isInNumber(characters, end) ? NUMBER : 0);
            return { start, end, lost: Math.round(1e6 * lost), aside: Math.abs(start - 0.4 * (most - 1)) };
        }).sort((one, other) => one.lost - other.lost || one.aside - other.aside);
        for (const { start, end } of cuts) {
            const [before, after] = [characters.slice(0, start).join(""), characters.slice(end).join("")];
            const alike = distinct.some(
                (other) =>
                    other !== text &&
                    other.length >= before.length + after.length &&
                    other.startsWith(before) &&
                    other.endsWith(after),
            );
            if (!alike) {
                return `${before}…${after}`;
            }
        }
        return aroundTheDifference(characters, distinct, tells, most) ?? cutMiddle(text, most);
    });
}

/** The part of a text that tells most, between two cuts, where no other text has it; undefined where all do. */
function aroundTheDifference(
    characters: readonly string[],
    distinct: readonly string[],
    tells: readonly number[],
    most: number,
): string | undefined {
    const text = characters.join("");
    const shown = most - 2;
    const windows = Array.from({ length: Math.max(0, characters.length - shown + 1) }, (_, start) => ({
        part: characters.slice(start, start + shown).join(""),
        told: (tells[start + shown] as number) - (tells[start] as number),
    })).sort((one, other) => other.told - one.told);
    const found = windows.find(({ part }) => distinct.every((other) => other === text || !other.includes(part)));
    return found && `…${found.part}…`;
}

/** The parameters that all of several labels end with; empty for fewer than two different ones. */
export function sharedParameters(labels: readonly string[]): string[] {
    if (new Set(labels).size < 2) {
        return [];
    }
    return labels
        .map((label) => parametersOf(label))
        .reduce((shared, parameters) => shared.filter((parameter) => parameters.includes(parameter)));
}

function parametersOf(label: string): string[] {
    const braces = / \{([^{}]*)\}$/.exec(label);
    return braces ? (braces[1] as string).split(", ") : [];
}

/** A label without those of its parameters that are told elsewhere. */
export function withoutParameters(label: string, shared: readonly string[]): string {
    const parameters = parametersOf(label);
    const left = parameters.filter((parameter) => !shared.includes(parameter));
    if (left.length === parameters.length) {
        return label;
    }
    return label.slice(0, label.lastIndexOf(" {")) + (left.length > 0 ? ` {${left.join(", ")}}` : "");
}

/** A label's name and its parameters, without their braces; those that cannot be told apart stay with the name. */
export function parted({ name, label }: Named): { name: string; parameters: string } {
    const rest = name !== undefined && label.startsWith(`${name} {`) ? label.slice(name.length + 1) : "";
    return name !== undefined && rest.endsWith("}")
        ? { name, parameters: rest.slice(1, -1) }
        : { name: label, parameters: "" };
}

/** A beginning without the separator that it ends with. */
export function withoutSeparator(name: string): string {
    return name.replace(/(?:::|[./| ])$/, "");
}

/** The part of a name before its last word: the class, the file, the folder or the command; empty where it has none. */
export function suiteOf(name: string): string {
    const whole = name.split(" {", 1)[0] as string;
    const places = joints(whole, true);
    const blank = places.find((place) => whole.charAt(place - 1) === " ");
    return withoutSeparator(whole.slice(0, blank ?? places.at(-1) ?? 0));
}

/** What names a series for a suite: the benchmark's name, and its label where that has parameters. */
interface Named {
    name?: string;
    label: string;
}

/** The parameter by which results tell their suites. */
const SUITE = "suite=";

/** The name of the only suite, where benchmarks have none of their own. */
export const ALL = "all benchmarks";

/** Above this share, a folder or package that most are in does not tell them apart. */
const MOST = 0.8;

/** Series by the suites of their benchmarks. */
function grouped<T>(all: readonly T[], names: readonly string[]): Map<string, T[]> {
    const found = new Map<string, T[]>();
    all.forEach((one, place) => {
        const name = names[place] as string;
        found.set(name, [...(found.get(name) ?? []), one]);
    });
    return found;
}

/** Suites by their last words, such as the name of a class without its package; whole where that makes two alike. */
function named<T>(suites: Map<string, T[]>, prefix: string): Map<string, T[]> {
    const last = (name: string) => name.slice(joints(name, true).at(-1) ?? 0);
    const words = [...suites.keys()].map(last);
    return new Map(
        [...suites].map(([name, all]) => {
            const short = words.filter((word) => word === last(name)).length === 1;
            const rest = name.startsWith(prefix) ? name.slice(prefix.length) : name;
            return [(short ? last(name) : rest) || "others", all];
        }),
    );
}

/**
 * The suites of several series: those of a parameter that says them, else the classes, files or commands of the
 * benchmarks. Where most of these have one benchmark alone, the packages or folders around them, unless nearly all are
 * in one; where nothing tells groups apart, there is one suite of all.
 */
export function suites<T extends Named>(all: readonly T[], prefix: string): Map<string, T[]> {
    const said = all.map((one) => parametersOf(one.label).find((parameter) => parameter.startsWith(SUITE)));
    if (all.length > 0 && !said.includes(undefined)) {
        return grouped(
            all,
            said.map((suite) => (suite as string).slice(SUITE.length)),
        );
    }
    const benchmarks = (some: readonly T[]) => new Set(some.map((one) => one.label)).size;
    const count = benchmarks(all);
    const classes = all.map((one) => suiteOf(one.name ?? one.label));
    for (let names = classes; names.some((name) => name !== ""); names = names.map(suiteOf)) {
        const found = grouped(all, names);
        const largest = Math.max(...[...found.values()].map(benchmarks));
        if (found.size > 1 && 2 * found.size <= count && (names === classes || largest <= MOST * count)) {
            return named(found, prefix);
        }
    }
    const found = grouped(all, classes);
    return found.size > 1 && found.size < count ? named(found, prefix) : new Map([[ALL, [...all]]]);
}
