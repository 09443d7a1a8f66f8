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

/** A text of at most so many characters; what is longer loses its middle, and the end, where names differ, keeps more. */
export function cutMiddle(text: string, most: number): string {
    const characters = [...text];
    if (characters.length <= most) {
        return text;
    }
    const end = Math.ceil((most - 1) * 0.6);
    return `${characters.slice(0, most - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}

/** A beginning without the separator that it ends with. */
export function withoutSeparator(name: string): string {
    return name.replace(/(?:::|[./| ])$/, "");
}

/** The first word of a name behind the beginning that all share: the class, the folder, the command. */
export function suiteOf(name: string, prefix: string): string {
    const joint = joints(name, true).find((place) => place > prefix.length);
    const suite = joint === undefined ? name.slice(prefix.length) : name.slice(prefix.length, joint);
    return withoutSeparator(suite.split(" {", 1)[0] as string) || "all";
}
