import { useEffect, useState } from "preact/hooks";

/** Where in the page somebody is; kept in the address, so that it can be sent to somebody. */
export type Route = Readonly<Record<string, string>>;

export function readRoute(hash: string): Route {
    return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
}

/** The address of a place; what is empty is left out. */
export function hrefTo(route: Route): string {
    const parameters = new URLSearchParams(Object.entries(route).filter(([, value]) => value !== ""));
    return `#${parameters}`;
}

/** The place is kept here too: a viewer that puts the page into a closed frame lets no page change its address. */
let here: Route = readRoute(location.hash);
const listeners = new Set<() => void>();

function tell(): void {
    for (const listener of listeners) {
        listener();
    }
}

export function currentRoute(): Route {
    return here;
}

/** Changes a part of the place without a step in the browser's history. */
export function adjustRoute(change: Route): void {
    here = Object.fromEntries(Object.entries({ ...here, ...change }).filter(([, value]) => value !== ""));
    try {
        history.replaceState(null, "", hrefTo(here));
    } catch {
        // the address stays as it was
    }
}

/** Goes to another place. */
export function go(route: Route): void {
    here = route;
    try {
        history.pushState(null, "", hrefTo(route));
    } catch {
        // the address stays as it was
    }
    tell();
}

function fromAddress(): void {
    here = readRoute(location.hash);
    tell();
}

addEventListener("popstate", fromAddress);
addEventListener("hashchange", fromAddress);
document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && !event.defaultPrevented) {
        event.preventDefault();
        go(readRoute(link.getAttribute("href") ?? ""));
    }
});

export function useRoute(): Route {
    const [route, set] = useState<Route>(here);
    useEffect(() => {
        const listener = () => set(here);
        listeners.add(listener);
        return () => {
            listeners.delete(listener);
        };
    }, []);
    return route;
}
