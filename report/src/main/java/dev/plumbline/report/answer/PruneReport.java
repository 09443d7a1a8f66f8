package dev.plumbline.report.answer;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;

/**
 * The deleted part of a history, or the preview of a deletion.
 *
 * @param done whether it was done; else it was a dry run
 * @param days runs younger than this number of days stay; empty where runs were named
 * @param named the named runs, of which those in use stay; empty if age decided
 * @param runs how many runs
 * @param measurements how many measurements they had
 * @param series how many series have no point left
 * @param keptForBaselines the number of old runs that stayed because baselines use them
 * @param keptForMarks how many more because a check or a person recorded something about them
 * @param keptForLevels how many more because a level of a series begins or ends with them
 * @param keptAsNewest how many more because they are the newest of their environment and branch
 * @param samples of how many measurements of other runs the samples went
 * @param bytesFreed about how much room all that takes
 * @param bytesBefore the size of the history's file
 * @param bytesAfter the same afterwards
 */
public record PruneReport(
        boolean done,
        OptionalInt days,
        List<RunInfo> named,
        int runs,
        long measurements,
        int series,
        int keptForBaselines,
        int keptForMarks,
        int keptForLevels,
        int keptAsNewest,
        long samples,
        long bytesFreed,
        long bytesBefore,
        long bytesAfter) {
    public PruneReport {
        named = List.copyOf(named);
    }

    /** Whole runs, and no samples of others. */
    public PruneReport(
            boolean done,
            OptionalInt days,
            List<RunInfo> named,
            int runs,
            long measurements,
            int series,
            int keptForBaselines,
            int keptForMarks,
            int keptAsNewest,
            long bytesBefore,
            long bytesAfter) {
        this(
                done,
                days,
                named,
                runs,
                measurements,
                series,
                keptForBaselines,
                keptForMarks,
                0,
                keptAsNewest,
                0,
                0,
                bytesBefore,
                bytesAfter);
    }

    /** The end of a preview as text; a page, which has no options, leaves it out. */
    public static final String NOTHING_CHANGED = "nothing was changed; delete them with --yes";

    private static final Unit BYTES = Unit.of("B");

    /** The same in words, one thing a line. */
    public String text() {
        StringBuilder out = new StringBuilder();
        named.forEach(run ->
                out.append("  ").append(TerminalText.escape(RunWords.run(run))).append('\n'));
        out.append(done ? "deleted " : "would delete ").append(Words.count(runs, "run", "runs"));
        days.ifPresent(age -> out.append(" older than ").append(Words.count(age, "day", "days")));
        out.append(", with ")
                .append(Quantity.plain((double) measurements, Quantity.DIGITS))
                .append(measurements == 1 ? " measurement" : " measurements")
                .append("; ")
                .append(series == 0 ? "no series" : Words.count(series, "series", "series"))
                .append(done ? " lost" : " would lose")
                .append(series > 1 ? " all their runs\n" : " all its runs\n");
        if (samples > 0) {
            out.append(done ? "deleted the samples of " : "would delete the samples of ")
                    .append(Quantity.plain((double) samples, Quantity.DIGITS))
                    .append(samples == 1 ? " measurement" : " measurements")
                    .append("; values and verdicts stay\n");
        }
        if (named.isEmpty()) {
            kept(keptForBaselines, "old ", "that baselines need", out);
            kept(keptForMarks, "old ", (keptForMarks == 1 ? "that was" : "that were") + " judged or triaged", out);
            kept(keptForLevels, "old ", "with which a level of a series begins or ends", out);
            kept(
                    keptAsNewest,
                    "old ",
                    keptAsNewest == 1
                            ? "that is the newest of its environment and branch"
                            : "that are the newest of their environment and branch",
                    out);
        } else {
            kept(keptForBaselines, "", "that a baseline needs", out);
            kept(keptForMarks, "", "where an accepted level begins; see plumb accept --list", out);
        }
        out.append("the history's file is ").append(Quantity.of((double) bytesBefore, BYTES));
        if (done) {
            out.append(" and now ")
                    .append(Quantity.of((double) bytesAfter, BYTES))
                    .append('\n');
        } else {
            if (bytesFreed > 0) {
                out.append("; about ")
                        .append(Quantity.of((double) bytesFreed, BYTES))
                        .append(" would be free");
            }
            out.append('\n').append(NOTHING_CHANGED).append('\n');
        }
        return out.toString();
    }

    private static void kept(int count, String which, String why, StringBuilder out) {
        if (count > 0) {
            out.append("kept: ")
                    .append(Words.count(count, which + "run", which + "runs"))
                    .append(' ')
                    .append(why)
                    .append('\n');
        }
    }

    /** The same for programs. */
    public void writeJson(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-prune/1");
                    json.truth("done", done);
                    if (days.isPresent()) {
                        json.integer("days", days.getAsInt());
                    } else {
                        json.array("named", named, run -> json.text(run.id()));
                    }
                    json.integer("runs", runs);
                    json.integer("measurements", measurements);
                    json.integer("series", series);
                    json.integer("keptForBaselines", keptForBaselines);
                    json.integer("keptForMarks", keptForMarks);
                    json.integer("keptForLevels", keptForLevels);
                    json.integer("keptAsNewest", keptAsNewest);
                    json.integer("samples", samples);
                    json.integer("bytesFreed", bytesFreed);
                    json.integer("bytesBefore", bytesBefore);
                    json.integer("bytesAfter", bytesAfter);
                }));
    }
}
