import { Fragment } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Command } from "./commands";

function CommandLine({ line }: { line: string }) {
    const shown = useRef<HTMLElement>(null);
    const [copied, setCopied] = useState(false);
    const select = () => {
        if (shown.current) {
            getSelection()?.selectAllChildren(shown.current);
        }
    };
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(line);
            setCopied(true);
            setTimeout(() => setCopied(false), 2000);
        } catch {
            select(); // a closed frame has no clipboard: the line is selected, to be copied by hand
        }
    };
    return (
        <dd>
            <code ref={shown}>
                {line.split(" ").map((word, place) => (
                    // a line is broken between words, not behind the hyphens of an option
                    <Fragment key={place}>
                        {place > 0 && " "}
                        <span class="word">{word}</span>
                    </Fragment>
                ))}
            </code>
            <button type="button" class="tool" onClick={copy} aria-label={`Copy: ${line.slice(0, 80)}`}>
                {copied ? "Copied" : "Copy"}
            </button>
        </dd>
    );
}

/** Lines to be pasted into a terminal. */
export function Commands({ commands, title = "Commands" }: { commands: readonly Command[]; title?: string }) {
    return commands.length === 0 ? null : (
        <section class="panel">
            <h2>{title}</h2>
            <dl class="commands">
                {commands.map(([purpose, line]) => (
                    <div key={line}>
                        <dt>{purpose}</dt>
                        <CommandLine line={line} />
                    </div>
                ))}
            </dl>
        </section>
    );
}
