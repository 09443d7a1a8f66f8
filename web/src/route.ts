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

/** Changes a part of the place without a step in the browser's history. */
export function adjustRoute(change: Route): void {
    history.replaceState(null, "", hrefTo({ ...readRoute(location.hash), ...change }));
}

export function useRoute(): Route {
    const [route, set] = useState<Route>(() => readRoute(location.hash));
    useEffect(() => {
        const listener = () => set(readRoute(location.hash));
        addEventListener("hashchange", listener);
        return () => removeEventListener("hashchange", listener);
    }, []);
    return route;
}
