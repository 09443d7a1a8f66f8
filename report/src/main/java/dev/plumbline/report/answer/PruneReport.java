package dev.plumbline.report.answer;

import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What was forgotten of a history, or would be.
 *
 * @param done whether it was done; else it was a dry run
 * @param days runs younger than this number of days stay
 * @param runs how many runs
 * @param measurements how many measurements they had
 * @param series how many series have no point left
 * @param keptForBaselines how many old runs stayed because baselines stand on them
 * @param keptForMarks how many more because a check or a person recorded something about them
 * @param keptAsNewest how many more because they are the newest of their environment and branch
 * @param bytesBefore the size of the history's file
 * @param bytesAfter the same afterwards
 */
public record PruneReport(
        boolean done,
        int days,
        int runs,
        long measurements,
        int series,
        int keptForBaselines,
        int keptForMarks,
        int keptAsNewest,
        long bytesBefore,
        long bytesAfter) {
    private static final Unit BYTES = Unit.of("B");

    /** The same in words, one thing a line. */
    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(done ? "forgot " : "would delete ")
                .append(Words.count(runs, "run", "runs"))
                .append(" older than ")
                .append(Words.count(days, "day", "days"))
                .append(", with ")
                .append(Quantity.plain((double) measurements, Quantity.DIGITS))
                .append(measurements == 1 ? " measurement" : " measurements")
                .append("; ")
                .append(Words.count(series, "series", "series"))
                .append(done ? " ended\n" : " would end\n");
        kept(keptForBaselines, "needed by baselines", out);
        kept(keptForMarks, "triaged or judged", out);
        kept(keptAsNewest, "the newest of an environment and branch", out);
        out.append("the history's file is ").append(Quantity.of((double) bytesBefore, BYTES));
        if (done) {
            out.append(" and now ")
                    .append(Quantity.of((double) bytesAfter, BYTES))
                    .append('\n');
        } else {
            out.append("\nnothing was changed; delete them with --yes\n");
        }
        return out.toString();
    }

    private static void kept(int count, String why, StringBuilder out) {
        if (count > 0) {
            out.append("kept: ")
                    .append(Words.count(count, "old run", "old runs"))
                    .append(count == 1 ? " that is " : " that are ")
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
                    json.integer("days", days);
                    json.integer("runs", runs);
                    json.integer("measurements", measurements);
                    json.integer("series", series);
                    json.integer("keptForBaselines", keptForBaselines);
                    json.integer("keptForMarks", keptForMarks);
                    json.integer("keptAsNewest", keptAsNewest);
                    json.integer("bytesBefore", bytesBefore);
                    json.integer("bytesAfter", bytesAfter);
                }));
    }
}
