package dev.plumbline.cli;

import dev.plumbline.pipeline.Progress;
import java.io.PrintStream;
import java.time.Clock;

/** Shows progress on one line of a terminal once something takes longer than a second; silent everywhere else. */
final class ProgressLine implements Progress, AutoCloseable {
    private static final long FIRST_MILLIS = 1_000;
    private static final long EVERY_MILLIS = 100;
    /** Before that an estimate jumps too much to help anybody. */
    private static final long SURE_MILLIS = 3_000;

    private static final int BAR = 20;

    private final PrintStream err;
    private final Clock clock;
    private final boolean shown;
    private final int width;
    private final long start;
    private long last;
    private final Runnable first;
    private boolean begun;
    private boolean written;

    ProgressLine(Terminal terminal) {
        this(terminal, () -> {});
    }

    /** @param first runs once, before anything is done: what was asked for was right then */
    ProgressLine(Terminal terminal, Runnable first) {
        this.first = first;
        err = terminal.err();
        clock = terminal.clock();
        shown = terminal.errIsTerminal();
        width = terminal.width();
        start = clock.millis();
    }

    @Override
    public void at(String what, long done, long total) {
        if (!begun) {
            begun = true;
            first.run();
        }
        long now = clock.millis();
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
        String line = bar + left(now - start, done, total) + dev.plumbline.report.TerminalText.escape(what);
        int room = Math.max(10, width - 1);
        err.print("\r\u001b[K" + (line.length() > room ? line.substring(0, room) : line));
        err.flush();
    }

    /** The time that is left if the rest takes as long as what was done; empty while that says little. */
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
