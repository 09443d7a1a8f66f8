import { useEffect, useState } from "preact/hooks";

export type Theme = "auto" | "light" | "dark";

const KEY = "plumbline-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** What somebody chose before, on this page or another of the same place. */
export function chosenTheme(): Theme {
    try {
        const theme = localStorage.getItem(KEY);
        return theme === "light" || theme === "dark" ? theme : "auto";
    } catch {
        return "auto"; // a page that was opened as a file may have no storage
    }
}

function apply(theme: Theme): void {
    const shown = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset["theme"] = shown;
}

apply(chosenTheme());

// paper is light; charts are drawn anew by their own listeners, which come after these
addEventListener("beforeprint", () => {
    document.documentElement.dataset["theme"] = "light";
    for (const closed of document.querySelectorAll<HTMLDetailsElement>("details.paper:not([open])")) {
        closed.open = true;
        closed.dataset["closed"] = "";
    }
});
addEventListener("afterprint", () => {
    apply(chosenTheme());
    for (const opened of document.querySelectorAll<HTMLDetailsElement>("details[data-closed]")) {
        opened.open = false;
        delete opened.dataset["closed"];
    }
});

const listeners = new Set<() => void>();
dark.addEventListener("change", () => {
    apply(chosenTheme());
    for (const listener of listeners) {
        listener();
    }
});

export function setTheme(theme: Theme): void {
    try {
        localStorage.setItem(KEY, theme);
    } catch {
        // the choice holds until the page is left
    }
    apply(theme);
    for (const listener of listeners) {
        listener();
    }
}

/** Which theme is shown; what uses it is drawn anew when that changes. */
export function useShownTheme(): "light" | "dark" {
    const read = () => (document.documentElement.dataset["theme"] === "dark" ? "dark" : "light");
    const [theme, set] = useState<"light" | "dark">(read);
    useEffect(() => {
        const listener = () => set(read());
        listeners.add(listener);
        return () => {
            listeners.delete(listener);
        };
    }, []);
    return theme;
}

/** A colour of the style, by the name of its variable. */
export function colour(name: string): string {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
