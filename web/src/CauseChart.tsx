import { type Course, courseOf, type PageData, type SeriesData, stretches } from "./data";
import { quantity, short, visible } from "./format";
import { decimate, windowOf } from "./shapes";

const WIDTH = 320;
const HEIGHT = 84;
const EDGE = 5;

/** So many points get a mark of their own. */
const MARKED = 70;

interface Props {
    series: SeriesData;
    page: PageData;
    /** The place of the change in the course. */
    at?: number | undefined;
    tone: string;
}

/** The points of a series around a change, its levels before and after, and where it came. */
export function CauseChart({ series, page, at, tone }: Props) {
    const course = courseOf(series, page);
    if (!course || course.values.length < 2) {
        return null;
    }
    const [from, to] = windowOf(course.values.length, at);
    const levels = stretches(course)
        .filter((stretch) => stretch.to > from && stretch.from < to)
        .map((stretch) => ({ ...stretch, from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }));
    const values = course.values.slice(from, to);
    const shown = [...values.filter(Number.isFinite), ...levels.map(({ level }) => level)];
    const [low, high] = [Math.min(...shown), Math.max(...shown)];
    if (!(high - low < Number.POSITIVE_INFINITY)) {
        return null;
    }
    const x = (place: number) => EDGE + ((place - from) / Math.max(1, to - from - 1)) * (WIDTH - 2 * EDGE);
    const y = (value: number) =>
        low === high ? HEIGHT / 2 : EDGE + (1 - (value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
    const places = decimate(course.values, 160, from, to);
    const line = places
        .map(
            (place, index) =>
                `${index === 0 ? "M" : "L"}${x(place).toFixed(1)} ${y(course.values[place] as number).toFixed(1)}`,
        )
        .join("");
    const judged = course.values.length - (course.packed.judged ?? 0);
    const time = (place: number) => (page.runs.time[course.runs[place] ?? -1] ?? "").slice(0, 10);
    return (
        <div class={`cause-chart ${tone}`}>
            <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={altOf(series, course, at, page)}
            >
                {at !== undefined && at > from && at < to && (
                    <path class="change" d={`M${((x(at - 1) + x(at)) / 2).toFixed(1)} 0V${HEIGHT}`} />
                )}
                <path class="points" d={line} />
                {levels.map((stretch) => (
                    <path
                        key={stretch.from}
                        class={at !== undefined && stretch.from >= at - 1 ? "level after" : "level"}
                        d={`M${x(stretch.from).toFixed(1)} ${y(stretch.level).toFixed(1)}H${Math.max(x(stretch.to - 1), x(stretch.from) + 2).toFixed(1)}`}
                    />
                ))}
            </svg>
            {places.length <= MARKED && (
                <span class="dots" aria-hidden="true">
                    {places.map((place) => (
                        <i
                            key={place}
                            class={place >= judged ? "judged" : ""}
                            style={{
                                left: `${((100 * x(place)) / WIDTH).toFixed(2)}%`,
                                top: `${((100 * y(course.values[place] as number)) / HEIGHT).toFixed(2)}%`,
                            }}
                        />
                    ))}
                </span>
            )}
            <span class="ends" aria-hidden="true">
                <span>{time(from)}</span>
                <span>{time(to - 1)}</span>
            </span>
        </div>
    );
}

function altOf(series: SeriesData, course: Course, at: number | undefined, page: PageData): string {
    const name = `${visible(series.label)} ${visible(series.metric)}`;
    const last = `the last of ${course.values.length} values is ${quantity(course.values[course.values.length - 1] as number, course.packed)}`;
    return at === undefined
        ? `${name}: ${last}`
        : `${name}: change at ${short(page.runs.commit[course.runs[at] ?? -1] ?? "")}, ${last}`;
}
