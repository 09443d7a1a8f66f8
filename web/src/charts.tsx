import { BoxAndWiskers, BoxPlotController } from "@sgratzl/chartjs-chart-boxplot";
import {
    ArcElement,
    BarController,
    BarElement,
    CategoryScale,
    Chart,
    DoughnutController,
    Filler,
    Legend,
    LinearScale,
    LineController,
    LineElement,
    LogarithmicScale,
    PointElement,
    ScatterController,
    Tooltip,
} from "chart.js";
import { MatrixController, MatrixElement } from "chartjs-chart-matrix";
import Annotation from "chartjs-plugin-annotation";
import Zoom from "chartjs-plugin-zoom";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { csvCell, visible } from "./format";
import { cutApart } from "./names";
import { colour, useShownTheme } from "./theme";

Chart.register(
    ArcElement,
    BarController,
    BarElement,
    BoxAndWiskers,
    BoxPlotController,
    CategoryScale,
    DoughnutController,
    Filler,
    Legend,
    LinearScale,
    LineController,
    LineElement,
    LogarithmicScale,
    MatrixController,
    MatrixElement,
    PointElement,
    ScatterController,
    Tooltip,
    Annotation,
    Zoom,
);
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.font.family = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
Chart.defaults.font.size = 12;

export interface TableOf {
    head: string[];
    /** Rows; made only when somebody looks. */
    rows: () => (string | number)[][];
}

const ROWS = 200;

interface FrameProps {
    title: string;
    table: TableOf;
    file: string;
    /** What is saved as a picture. */
    picture: () => HTMLCanvasElement | null;
    controls?: ComponentChildren;
    note?: string;
    children: ComponentChildren;
}

/** What is drawn, with its title, its tools, and the same as a table. */
export function Frame(props: FrameProps) {
    const id = useId();
    const [open, setOpen] = useState(false);
    const savePicture = () => {
        const picture = props.picture();
        if (picture) {
            save(titled(picture, props.title).toDataURL("image/png"), `${props.file}.png`);
        }
    };
    return (
        <figure class="figure" aria-labelledby={id}>
            <figcaption class="figure-head">
                <h2 id={id} class="figure-title">
                    {props.title}
                </h2>
                <span class="figure-tools">
                    {props.controls}
                    <button type="button" class="tool" onClick={savePicture} aria-label={`${props.title}: PNG`}>
                        PNG
                    </button>
                    <button
                        type="button"
                        class="tool"
                        onClick={() => saveCsv(props.table, props.file)}
                        aria-label={`${props.title}: CSV`}
                    >
                        CSV
                    </button>
                </span>
                {props.note && <span class="muted note">{props.note}</span>}
            </figcaption>
            {props.children}
            <details class="as-table" onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
                <summary>Show as a table</summary>
                {open && <DataTable table={props.table} title={props.title} />}
            </details>
        </figure>
    );
}

/** A picture on the page's ground, below its title: what is saved is read without the page around it. */
function titled(picture: HTMLCanvasElement, title: string): HTMLCanvasElement {
    const scale = devicePixelRatio || 1;
    const room = 34 * scale;
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height + room;
    const context = canvas.getContext("2d");
    if (context) {
        context.fillStyle = colour("surface");
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.fillStyle = colour("text");
        context.font = `600 ${14 * scale}px ${Chart.defaults.font.family}`;
        context.fillText(visible(title), 8 * scale, 21 * scale, canvas.width - 16 * scale);
        context.drawImage(picture, 0, room);
    }
    return canvas;
}

/** A picture drawn only to be saved; sizes are those of the page. */
export function drawn(
    width: number,
    height: number,
    draw: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
    const scale = devicePixelRatio || 1;
    const canvas = document.createElement("canvas");
    canvas.width = width * scale;
    canvas.height = height * scale;
    const context = canvas.getContext("2d");
    if (context) {
        context.scale(scale, scale);
        context.font = `12px ${Chart.defaults.font.family}`;
        draw(context);
    }
    return canvas;
}

interface FigureProps {
    title: string;
    /** What the chart shows, in a sentence, for those who cannot see it. */
    alt: string;
    /** The options of a chart; called anew for every drawing, since Chart.js keeps and changes what it is given. */
    config: () => object;
    table: TableOf;
    height?: number;
    file: string;
    /** The whole of the horizontal axis, for a chart that can be zoomed. */
    zoomable?: readonly [number, number] | undefined;
    controls?: ComponentChildren;
    note?: string;
    /** What the drawing depends on besides the theme. */
    depends: readonly unknown[];
    onZoom?: (from: number, to: number) => void;
}

/** A chart in its frame. */
export function Figure(props: FigureProps) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const chart = useRef<Chart | null>(null);
    const theme = useShownTheme();

    const erase = () => {
        chart.current?.destroy();
        chart.current = null;
    };
    const draw = () => {
        erase();
        if (canvas.current) {
            Chart.defaults.color = colour("muted");
            Chart.defaults.borderColor = colour("line");
            chart.current = new Chart(canvas.current, props.config() as never);
            // a finger that moves up or down scrolls the page, whatever lies below it
            canvas.current.style.touchAction = "pan-y";
        }
    };
    const latest = useRef(draw);
    latest.current = draw;

    useEffect(() => {
        draw();
        return erase;
    }, [theme, ...props.depends]);

    useEffect(() => {
        const before = () => {
            latest.current();
            chart.current?.resize(680, props.height ?? 280);
        };
        const after = () => latest.current();
        addEventListener("beforeprint", before);
        addEventListener("afterprint", after);
        return () => {
            removeEventListener("beforeprint", before);
            removeEventListener("afterprint", after);
        };
    }, [props.height]);

    /** Tells where the keys and buttons led; the wheel and the mouse tell themselves. */
    const tell = () => {
        const scale = chart.current?.scales["x"];
        if (scale) {
            props.onZoom?.(scale.min, scale.max);
        }
    };
    const zoom = (amount: number) => {
        chart.current?.zoom({ x: amount });
        tell();
    };
    const pan = (pixels: number) => {
        chart.current?.pan({ x: pixels });
        tell();
    };
    const reset = () => {
        const [min, max] = props.zoomable ?? [];
        if (min !== undefined && max !== undefined) {
            chart.current?.zoomScale("x", { min, max });
            tell();
        }
    };
    const onKey = (event: KeyboardEvent) => {
        if (!props.zoomable || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        const step = 60;
        const actions: Record<string, () => void> = {
            "+": () => zoom(1.4),
            "=": () => zoom(1.4),
            "-": () => zoom(1 / 1.4),
            "0": reset,
            ArrowLeft: () => pan(step),
            ArrowRight: () => pan(-step),
        };
        const action = actions[event.key];
        if (action) {
            event.preventDefault();
            action();
        }
    };

    return (
        <Frame
            title={props.title}
            table={props.table}
            file={props.file}
            picture={() => canvas.current}
            {...(props.note ? { note: props.note } : {})}
            controls={
                <>
                    {props.controls}
                    {props.zoomable && (
                        <>
                            <button type="button" class="tool" onClick={() => zoom(1.4)} aria-label="Zoom in">
                                +
                            </button>
                            <button type="button" class="tool" onClick={() => zoom(1 / 1.4)} aria-label="Zoom out">
                                −
                            </button>
                            <button type="button" class="tool" onClick={reset}>
                                Reset
                            </button>
                        </>
                    )}
                </>
            }
        >
            <div
                class="canvas"
                style={{ height: `${props.height ?? 280}px` }}
                role="group"
                aria-label={props.zoomable ? `${props.title}: plus and minus zoom, arrows pan` : props.title}
                {...(props.zoomable ? { tabIndex: 0 } : {})}
                onKeyDown={onKey}
            >
                <canvas ref={canvas} role="img" aria-label={props.alt} />
            </div>
        </Frame>
    );
}

function DataTable({ table, title }: { table: TableOf; title: string }) {
    const rows = table.rows();
    return (
        <section class="scroll" tabIndex={0} aria-label={`${title}, as a table`}>
            <table class="plain">
                <thead>
                    <tr>
                        {table.head.map((head) => (
                            <th key={head} scope="col">
                                {head}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.slice(0, ROWS).map((row, place) => (
                        <tr key={place}>
                            {row.map((cell, column) => (
                                <td
                                    key={column}
                                    data-label={table.head[column]}
                                    class={typeof cell === "number" ? "number" : ""}
                                >
                                    {typeof cell === "string" ? visible(cell) : cell}
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
            {rows.length > ROWS && (
                <p class="muted">
                    The first {ROWS} of {rows.length.toLocaleString("en-US")} rows; the CSV has them all.
                </p>
            )}
        </section>
    );
}

function save(address: string, name: string): void {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
}

export function saveCsv(table: TableOf, name: string): void {
    const lines = [table.head, ...table.rows()].map((row) => row.map(csvCell).join(","));
    const address = URL.createObjectURL(new Blob([`${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
    save(address, `${name}.csv`);
    setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** What zooming and panning along the horizontal axis needs; no closer than the given range. */
export function zoomOptions(
    whole: readonly [number, number],
    closest: number,
    onZoom?: (from: number, to: number) => void,
) {
    const told = ({ chart }: { chart: Chart }) => {
        const scale = chart.scales["x"];
        if (scale && onZoom) {
            onZoom(scale.min, scale.max);
        }
    };
    return {
        limits: { x: { min: whole[0], max: whole[1], minRange: Math.min(closest, whole[1] - whole[0]) } },
        pan: { enabled: true, mode: "x" as const, onPanComplete: told },
        zoom: {
            wheel: { enabled: true, modifierKey: "ctrl" as const },
            pinch: { enabled: true },
            mode: "x" as const,
            onZoomComplete: told,
        },
    };
}

/** A range from the address inside the whole one; the whole one where the address names none. */
export function rangeOf(
    route: Readonly<Record<string, string>>,
    whole: readonly [number, number],
): readonly [number, number] {
    const from = Number.parseFloat(route["from"] ?? "");
    const to = Number.parseFloat(route["to"] ?? "");
    const low = Number.isFinite(from) ? Math.max(from, whole[0]) : whole[0];
    const high = Number.isFinite(to) ? Math.min(to, whole[1]) : whole[1];
    return low < high ? [low, high] : whole;
}

/** Names beside a chart, by its width in pixels: they leave more than half of the width to what is drawn. */
export function besideChart(names: readonly string[], width: number, most: number): string[] {
    return cutApart(names, Math.max(10, Math.min(most, Math.floor((0.42 * width) / 6.2))));
}

/** Before each drawing, says what of the horizontal axis is shown; what is out of sight need not be drawn. */
export function windowed(show: (chart: Chart, from: number, to: number) => void) {
    return {
        id: "windowed",
        beforeUpdate: (chart: Chart) => {
            const axis = chart.options.scales?.["x"] as { min?: number; max?: number } | undefined;
            show(chart, axis?.min ?? Number.NEGATIVE_INFINITY, axis?.max ?? Number.POSITIVE_INFINITY);
        },
    };
}
