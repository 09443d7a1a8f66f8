/** Geometry and statistics of what is drawn; pure functions. */

/**
 * Largest triangle, three buckets (Steinarsson 2013): a number of points that keep the shape of the line.
 *
 * Only the places from the first to before the last are looked at.
 */
export function decimate(values: readonly number[], most: number, first = 0, last = values.length): number[] {
    const finite: number[] = [];
    for (let index = Math.max(0, first); index < Math.min(last, values.length); index++) {
        if (Number.isFinite(values[index])) {
            finite.push(index);
        }
    }
    if (finite.length <= most || most < 3) {
        return finite;
    }
    const at = (place: number) => values[finite[place] as number] as number;
    const chosen = [0];
    const size = (finite.length - 2) / (most - 2);
    for (let bucket = 0; bucket < most - 2; bucket++) {
        const from = Math.floor(bucket * size) + 1;
        const to = Math.min(Math.floor((bucket + 1) * size) + 1, finite.length - 1);
        const nextTo = Math.min(Math.floor((bucket + 2) * size) + 1, finite.length);
        let meanX = 0;
        let meanY = 0;
        for (let place = to; place < nextTo; place++) {
            meanX += place / (nextTo - to);
            meanY += at(place) / (nextTo - to);
        }
        const before = chosen[chosen.length - 1] as number;
        let best = from;
        let largest = -1;
        for (let place = from; place < to; place++) {
            const area = Math.abs(
                (before - meanX) * (at(place) - at(before)) - (before - place) * (meanY - at(before)),
            );
            if (area > largest) {
                largest = area;
                best = place;
            }
        }
        chosen.push(best);
    }
    chosen.push(finite.length - 1);
    return chosen.map((place) => finite[place] as number);
}

/** The value below which the given share of the sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
    if (sorted.length === 0) {
        return Number.NaN;
    }
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    const lower = sorted[low] as number;
    const upper = sorted[Math.min(low + 1, sorted.length - 1)] as number;
    return lower + (place - low) * (upper - lower);
}

/**
 * The density of values by Gaussian kernels, its bandwidth by Silverman's rule of thumb (1986), over an even grid.
 *
 * Empty for fewer than three values or values that are all equal: there is no shape to see.
 */
export function density(values: readonly number[], from: number, to: number, size = 120): { x: number; y: number }[] {
    const sorted = [...values].sort((one, other) => one - other);
    const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
    const deviation = Math.sqrt(
        sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, sorted.length - 1),
    );
    const middle = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
    const spread = middle > 0 ? Math.min(deviation, middle) : deviation;
    if (sorted.length < 3 || !(spread > 0) || !(to > from)) {
        return [];
    }
    const width = Math.max(0.9 * spread * sorted.length ** -0.2, (to - from) / 400);
    return Array.from({ length: size }, (_, index) => {
        const x = from + (index * (to - from)) / (size - 1);
        let y = 0;
        for (const value of sorted) {
            y += Math.exp(-0.5 * ((x - value) / width) ** 2);
        }
        return { x, y: y / (sorted.length * width * Math.sqrt(2 * Math.PI)) };
    });
}

/** A line through the newest values in a box of the given size; empty for no values, a flat line for equal ones. */
export function sparkline(values: readonly number[], width: number, height: number, most = 60): string {
    const places = decimate(values, most);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const place of places) {
        low = Math.min(low, values[place] as number);
        high = Math.max(high, values[place] as number);
    }
    const last = Math.max(1, values.length - 1);
    return places
        .map((place, index) => {
            const x = values.length === 1 ? width / 2 : (place / last) * width;
            // halves first, so that the span of the largest and the smallest double does not overflow
            const share = low === high ? 0.5 : ((values[place] as number) / 2 - low / 2) / (high / 2 - low / 2);
            return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${(height - 2 - share * (height - 4)).toFixed(1)}`;
        })
        .join("");
}

/** So many points on each side of a change show what came before and after it. */
const AROUND = 60;

/** The part of a course that is drawn: around the change, or the newest points where there is none. */
export function windowOf(length: number, at: number | undefined): [number, number] {
    const middle = at ?? length;
    const from = Math.max(0, Math.min(middle - AROUND, length - 2 * AROUND));
    return [from, Math.min(length, Math.max(middle + AROUND, from + 2 * AROUND))];
}

/** Whole numbers from one to another, both among them, evenly apart; at least two, and no more than asked for. */
export function evenly(from: number, to: number, most: number): number[] {
    if (to <= from) {
        return to === from ? [from] : [];
    }
    const gaps = Math.min(Math.max(1, Math.min(most, 8) - 1), to - from);
    return Array.from({ length: gaps + 1 }, (_, place) => Math.round(from + (place * (to - from)) / gaps));
}
