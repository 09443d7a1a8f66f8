package dev.plumbline.cli.option;

import dev.plumbline.pipeline.Progress;
import dev.plumbline.report.terminal.TerminalText;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Shows progress on one line of a terminal if something takes longer than a second. Elsewhere it is silent, or, for
 * what takes minutes, writes a line at the start and one every ten seconds.
 */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long FIRST_MILLIS = 1_000;
    private static final long EVERY_MILLIS = 100;
    /** Before that an estimate jumps too much to help anybody. */
    private static final long SURE_MILLIS = 3_000;

    /** The interval of progress lines where none can be overwritten. */
    private static final long LINE_MILLIS = 10_000;

    private static final int BAR = 20;

    private final PrintStream err;
    private final Clock clock;
    private final boolean shown;
    private final int width;
    private final long start;
    private long last;
    private final Runnable first;
    private final boolean talks;
    private boolean begun;
    private boolean written;

    public ProgressLine(Terminal terminal) {
        this(terminal, () -> {});
    }

    /** @param first runs once, before anything is done: what was asked for was right then */
    public ProgressLine(Terminal terminal, Runnable first) {
        this(terminal, first, terminal.errIsTerminal(), false);
    }

    private ProgressLine(Terminal terminal, Runnable first, boolean shown, boolean talks) {
        this.first = first;
        this.shown = shown;
        this.talks = talks;
        err = terminal.err();
        clock = terminal.clock();
        width = terminal.width();
        start = clock.millis();
    }

    /**
     * Progress of work that takes minutes: logs show it, too.
     *
     * @param quiet whether nothing is shown anywhere
     */
    public static ProgressLine ofMinutes(Terminal terminal, Runnable first, boolean quiet) {
        boolean shown = !quiet && terminal.errIsTerminal();
        return new ProgressLine(terminal, first, shown, !quiet && !shown);
    }

    @Override
    public void at(String what, long done, long total) {
        long now = clock.millis();
        boolean begins = !begun;
        if (begins) {
            begun = true;
            first.run();
        }
        if (talks && (begins || now - last >= LINE_MILLIS)) {
            last = now;
            log(what, done, total, now - start);
        }
        if (!shown || now - start < FIRST_MILLIS || now - last < EVERY_MILLIS) {
            return;
        }
        last = now;
        written = true;
        String bar = "";
        if (total > 1) {
            int full = (int) (BAR * done / total);
            bar = "█".repeat(full) + "░".repeat(BAR - full) + " " + done + "/" + total + " ";
        }
        String line = bar + left(now - start, done, total) + TerminalText.escape(what);
        int room = Math.max(10, width - 1);
        err.print("\r\u001b[K" + (line.length() > room ? line.substring(0, room) : line));
        err.flush();
    }

    private void log(String what, long done, long total, long elapsedMillis) {
        String share = total > 1 && done > 0 ? Math.round(100.0 * done / total) + " % " : "";
        err.println("plumb: " + share + left(elapsedMillis, done, total) + TerminalText.escape(what));
        err.flush();
    }

    /** The time that is left at the rate so far; empty while that is uncertain. */
    private static String left(long elapsedMillis, long done, long total) {
        if (total <= 1 || done <= 0 || done >= total || elapsedMillis < SURE_MILLIS) {
            return "";
        }
        long seconds = Math.round(elapsedMillis * (double) (total - done) / done / 1_000);
        return "about " + (seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min") + " left ";
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (written) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
