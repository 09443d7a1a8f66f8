import { BoxAndWiskers, BoxPlotController } from "@sgratzl/chartjs-chart-boxplot";
import {
    ArcElement,
    BarController,
    BarElement,
    CategoryScale,
    Chart,
    Decimation,
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
import { colour, useShownTheme } from "./theme";

Chart.register(
    ArcElement,
    BarController,
    BarElement,
    BoxAndWiskers,
    BoxPlotController,
    CategoryScale,
    Decimation,
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

interface FigureProps {
    title: string;
    /** What the chart shows, in a sentence, for those who cannot see it. */
    alt: string;
    /** The options of a chart; called anew for every drawing, since Chart.js keeps and changes what it is given. */
    config: () => object;
    table: TableOf;
    height?: number;
    file: string;
    zoomable?: boolean;
    controls?: ComponentChildren;
    /** What the drawing depends on besides the theme. */
    depends: readonly unknown[];
    onZoom?: (from: number, to: number) => void;
}

const ROWS = 200;

/** A chart with its title, its tools, and the same as a table. */
export function Figure(props: FigureProps) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const chart = useRef<Chart | null>(null);
    const theme = useShownTheme();
    const id = useId();
    const [open, setOpen] = useState(false);

    useEffect(() => {
        if (!canvas.current) {
            return undefined;
        }
        Chart.defaults.color = colour("muted");
        Chart.defaults.borderColor = colour("line");
        chart.current = new Chart(canvas.current, props.config() as never);
        return () => {
            chart.current?.destroy();
            chart.current = null;
        };
    }, [theme, ...props.depends]);

    useEffect(() => {
        const before = () => chart.current?.resize(680, props.height ?? 280);
        const after = () => chart.current?.resize();
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
        chart.current?.resetZoom();
        tell();
    };
    const onKey = (event: KeyboardEvent) => {
        if (!props.zoomable) {
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
        <figure class="figure" aria-labelledby={id}>
            <figcaption class="figure-head">
                <span id={id} class="figure-title">
                    {props.title}
                </span>
                <span class="figure-tools">
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
                    <button
                        type="button"
                        class="tool"
                        onClick={() =>
                            canvas.current && save(canvas.current.toDataURL("image/png"), `${props.file}.png`)
                        }
                    >
                        PNG
                    </button>
                    <button type="button" class="tool" onClick={() => saveCsv(props.table, props.file)}>
                        CSV
                    </button>
                </span>
            </figcaption>
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
            <details class="as-table" onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
                <summary>The same as a table</summary>
                {open && <DataTable table={props.table} title={props.title} />}
            </details>
        </figure>
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
                                <td key={column} class={typeof cell === "number" ? "number" : ""}>
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

/** What zooming and panning along the horizontal axis needs. */
export function zoomOptions(onZoom?: (from: number, to: number) => void) {
    const told = ({ chart }: { chart: Chart }) => {
        const scale = chart.scales["x"];
        if (scale && onZoom) {
            onZoom(scale.min, scale.max);
        }
    };
    return {
        limits: { x: { min: "original" as const, max: "original" as const, minRange: 4 } },
        pan: { enabled: true, mode: "x" as const, onPanComplete: told },
        zoom: {
            wheel: { enabled: true, modifierKey: "ctrl" as const },
            pinch: { enabled: true },
            mode: "x" as const,
            onZoomComplete: told,
        },
    };
}
