import { type ComponentChildren, Fragment } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { isAlwaysZero, type PageData, type SeriesData } from "./data";
import { count } from "./format";

export interface Column {
    id: string;
    title: string;
    /** What it is sorted by; a column without is not sorted. */
    sort?: (series: SeriesData) => number | string;
    /** @param beneath whether the row is one of further metrics, under that of their benchmark */
    cell: (series: SeriesData, beneath: boolean) => ComponentChildren;
    number?: boolean;
    /** Left out where the window is narrow. */
    wide?: boolean;
}

export interface Chip {
    id: string;
    title: string;
    sign: string;
    words: string;
    count: number;
}

/** The series that share a row until it is opened. */
export interface Bundle {
    /** Their places in the page; the first one stands for all. */
    places: number[];
    /** What the chips know it by. */
    chip: string;
    /** What else is told where everything is shown. */
    beside?: string;
    /** The fold that it lies in until somebody opens that, or looks for it. */
    fold?: string;
}

/** Rows that few people need to see. */
export interface Fold {
    id: string;
    /** @param rows how many of its rows are left by the search */
    title: (rows: number) => string;
}

interface Props {
    page: PageData;
    bundles: Bundle[];
    /** Whether a further series is shown before anybody asks. */
    stands?: (series: SeriesData) => boolean;
    columns: Column[];
    chips: Chip[];
    chosen: ReadonlySet<string>;
    choose: (chips: ReadonlySet<string>) => void;
    caption: string;
    folds?: readonly Fold[];
    /** What the rows are sorted by until somebody sorts; without it they come as the page has them. */
    sorted?: string;
}

/** So many rows at first: more than a screen, few enough to be there at once. */
const FIRST = 100;

/** A row of a benchmark with those of its further metrics that are shown. */
interface Row {
    bundle: Bundle;
    first: SeriesData;
    beneath: SeriesData[];
    folded: SeriesData[];
    place: number;
}

/** Every bundle of series on a row, further ones beneath it: searched, filtered, sorted. */
export function SeriesTable(props: Props) {
    const { page, columns, chips, chosen, bundles } = props;
    const [search, setSearch] = useState("");
    const [metric, setMetric] = useState("");
    const [sort, setSort] = useState<{ column: string; down: boolean } | null>(
        props.sorted ? { column: props.sorted, down: false } : null,
    );
    const [shown, setShown] = useState(FIRST);
    const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set());
    const turnFold = (id: string) => {
        const next = new Set(unfolded);
        if (!next.delete(id)) {
            next.add(id);
        }
        unfold(next);
    };
    const [opened, open] = useState<ReadonlySet<Bundle>>(new Set());
    const searchField = useRef<HTMLInputElement>(null);

    const metrics = useMemo(() => [...new Set(page.series.map((series) => series.metric))].sort(), [page]);
    const texts = useMemo(
        () => page.series.map((series) => `${series.label} ${series.metric} ${series.id}`.toLowerCase()),
        [page],
    );
    const rows = useMemo(() => {
        const words = search.toLowerCase().split(/\s+/).filter(Boolean);
        const isFound = (place: number) => words.every((word) => texts[place]?.includes(word));
        const found: Row[] = [];
        for (const [order, bundle] of bundles.entries()) {
            const places = bundle.places.filter((place) => metric === "" || page.series[place]?.metric === metric);
            const matching = new Set(places.filter(isFound));
            if (matching.size === 0 || (chosen.size > 0 && !chosen.has(bundle.chip))) {
                continue;
            }
            const [first, ...further] = places.map((place) => page.series[place] as SeriesData);
            const stands = (series: SeriesData, at: number) =>
                props.stands?.(series) || (words.length > 0 && matching.has(places[at + 1] as number));
            found.push({
                bundle,
                first: first as SeriesData,
                beneath: further.filter(stands),
                folded: further.filter((series, at) => !stands(series, at)),
                place: order,
            });
        }
        const column = columns.find((candidate) => candidate.id === sort?.column);
        if (sort && column?.sort) {
            const key = column.sort;
            const sign = sort.down ? -1 : 1;
            found.sort((one, other) => {
                const first = key(one.first);
                const second = key(other.first);
                if (typeof first === "number" && typeof second === "number") {
                    // what has no number comes last, whichever way it is sorted
                    if (Number.isNaN(first) || Number.isNaN(second)) {
                        return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || one.place - other.place;
                    }
                    return sign * (first === second ? 0 : first < second ? -1 : 1) || one.place - other.place;
                }
                return sign * (first < second ? -1 : first > second ? 1 : 0) || one.place - other.place;
            });
        }
        return found;
    }, [page, bundles, search, metric, chosen, sort, columns, texts, props.stands]);

    const toggle = (id: string) => {
        const next = new Set(chosen);
        if (!next.delete(id)) {
            next.add(id);
        }
        props.choose(next);
    };
    // what somebody looks for is shown, wherever it lies
    const isSearching = search.trim() !== "" || chosen.size > 0;
    const folds = isSearching
        ? []
        : (props.folds ?? []).filter(({ id }) => rows.some(({ bundle }) => bundle.fold === id));
    const visibleRows = isSearching ? rows : rows.filter(({ bundle }) => !folds.some(({ id }) => id === bundle.fold));
    const turn = (bundle: Bundle) => {
        const next = new Set(opened);
        if (!next.delete(bundle)) {
            next.add(bundle);
        }
        open(next);
    };
    const row = (series: SeriesData, beneath: boolean, more?: ComponentChildren) => (
        <tr key={series.id} class={beneath ? "beneath" : ""}>
            {columns.map((column) => (
                <td
                    key={column.id}
                    class={`${column.number ? "number" : ""} ${column.wide ? "wide-only" : ""} c-${column.id}`}
                >
                    {column.cell(series, beneath)}
                    {column.id === "label" && more}
                </td>
            ))}
        </tr>
    );
    const total = bundles.length;
    const bundleRows = ({ bundle, first, beneath, folded }: Row) => {
        const isOpen = opened.has(bundle);
        const zeros = folded.filter(isAlwaysZero).length;
        const more = folded.length + (bundle.beside ? 1 : 0) > 0 && (
            <button type="button" class="fold" aria-expanded={isOpen} onClick={() => turn(bundle)}>
                {isOpen
                    ? "fewer metrics"
                    : folded.length > 0
                      ? `${folded.length} more ${folded.length === 1 ? "metric" : "metrics"}${zeros > 0 ? `, ${zeros} always 0` : ""}`
                      : "context"}
            </button>
        );
        return (
            <Fragment key={first.id}>
                {row(first, false, more)}
                {beneath.map((series) => row(series, true))}
                {isOpen && folded.map((series) => row(series, true))}
                {isOpen && bundle.beside && (
                    <tr class="beneath beside">
                        <td class="c-verdict" />
                        <td class="c-label" colSpan={columns.length - 1}>
                            <bdi>{bundle.beside}</bdi>
                        </td>
                    </tr>
                )}
            </Fragment>
        );
    };
    return (
        <section class="series" aria-label={props.caption}>
            <div class="filters">
                <label class="search">
                    <span class="hidden">Search benchmarks</span>
                    <input
                        ref={searchField}
                        type="search"
                        placeholder="Search benchmarks"
                        value={search}
                        onInput={(event) => setSearch(event.currentTarget.value)}
                    />
                </label>
                {metrics.length > 1 && (
                    <label>
                        <span class="hidden">Metric</span>
                        <select value={metric} onChange={(event) => setMetric(event.currentTarget.value)}>
                            <option value="">All metrics</option>
                            {metrics.map((name) => (
                                <option key={name} value={name}>
                                    {name.slice(0, 80)}
                                </option>
                            ))}
                        </select>
                    </label>
                )}
                <fieldset class="chips">
                    <legend class="hidden">Only these</legend>
                    {chips
                        .filter((chip) => chip.count > 0)
                        .map((chip) => (
                            <button
                                key={chip.id}
                                type="button"
                                class={`chip ${chip.id.toLowerCase()}`}
                                aria-pressed={chosen.has(chip.id)}
                                title={chip.words}
                                onClick={() => toggle(chip.id)}
                            >
                                <span aria-hidden="true">{chip.sign}</span> {chip.title} <b>{chip.count}</b>
                            </button>
                        ))}
                </fieldset>
                <output class="found" aria-live="polite">
                    {rows.length === total ? `${count(total)} in all` : `${count(rows.length)} of ${count(total)}`}
                </output>
            </div>
            <table class="rows">
                <caption class="hidden">{props.caption}</caption>
                <thead>
                    <tr>
                        {columns.map((column) => (
                            <th
                                key={column.id}
                                scope="col"
                                class={`${column.number ? "number" : ""} ${column.wide ? "wide-only" : ""} c-${column.id}`}
                                aria-sort={
                                    sort?.column === column.id ? (sort.down ? "descending" : "ascending") : undefined
                                }
                            >
                                {column.sort && (
                                    <span class="on-paper" aria-hidden="true">
                                        {column.title}
                                    </span>
                                )}
                                {column.sort ? (
                                    <button
                                        type="button"
                                        onClick={() =>
                                            setSort(
                                                sort?.column !== column.id
                                                    ? { column: column.id, down: column.number === true }
                                                    : sort.down === (column.number === true)
                                                      ? { column: column.id, down: !sort.down }
                                                      : null,
                                            )
                                        }
                                    >
                                        {column.title}
                                        <span aria-hidden="true" class="arrow">
                                            {sort?.column === column.id ? (sort.down ? "▼" : "▲") : ""}
                                        </span>
                                    </button>
                                ) : (
                                    column.title
                                )}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {visibleRows.slice(0, shown).map(bundleRows)}
                    {folds.map(({ id, title }) => {
                        const inside = rows.filter(({ bundle }) => bundle.fold === id);
                        const isOpen = unfolded.has(id) || (visibleRows.length === 0 && folds.length === 1);
                        return (
                            <Fragment key={id}>
                                <tr class="folded">
                                    <td colSpan={columns.length}>
                                        <button
                                            type="button"
                                            class="fold"
                                            aria-expanded={isOpen}
                                            onClick={() => turnFold(id)}
                                        >
                                            <span aria-hidden="true">{isOpen ? "▾" : "▸"}</span> {title(inside.length)}
                                        </button>
                                    </td>
                                </tr>
                                {isOpen && inside.slice(0, shown).map(bundleRows)}
                                {isOpen && inside.length > shown && (
                                    <tr class="folded">
                                        <td colSpan={columns.length}>
                                            {inside.length - shown} more; the search finds them
                                        </td>
                                    </tr>
                                )}
                            </Fragment>
                        );
                    })}
                </tbody>
            </table>
            {rows.length === 0 && (
                <p class="nothing">
                    {total === 0 ? "Nothing was measured." : "No benchmark matches. "}
                    {total > 0 && (
                        <button
                            type="button"
                            class="tool"
                            onClick={() => {
                                setSearch("");
                                setMetric("");
                                props.choose(new Set());
                                searchField.current?.focus();
                            }}
                        >
                            Show all
                        </button>
                    )}
                </p>
            )}
            {visibleRows.length > shown && (
                <p class="more">
                    <button type="button" class="tool" onClick={() => setShown(shown + 400)}>
                        Show {Math.min(400, visibleRows.length - shown)} more of {visibleRows.length - shown}
                    </button>
                </p>
            )}
        </section>
    );
}
