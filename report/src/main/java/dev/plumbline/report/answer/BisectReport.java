package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a search for the commit that changed a benchmark.
 *
 * @param end how the search ended
 * @param benchmark what was measured
 * @param metric of it; empty when nothing was measured
 * @param commits from the good one to the bad one
 * @param culprits positions in them that are the answer: several where those between cannot be measured; empty without
 *     one
 * @param credible the fewest positions that hold the culprit with 95 % probability, the most probable first
 * @param before the level before the change, where values are positive
 * @param after the level after it
 * @param deviation of single runs, relative to the level
 * @param endRuns how many runs went to the good and the bad commit before the search
 */
public record BisectReport(
        End end,
        String benchmark,
        Optional<Metric> metric,
        List<Commit> commits,
        List<Integer> culprits,
        List<Integer> credible,
        Optional<Double> before,
        Optional<Double> after,
        Optional<Double> deviation,
        int endRuns) {
    private static final double SURE = 0.95;
    private static final int MOST_CREDIBLE = 5;

    /** The ways in which a search ends. */
    public enum End {
        /** The culprit is known. */
        FOUND,
        /** Good and bad do not differ, as far as could be seen. */
        NO_DIFFERENCE,
        /** The time or the runs were spent before the answer was known. */
        UNDECIDED,
        /** It was stopped. */
        STOPPED
    }

    /**
     * One commit.
     *
     * @param id the full id
     * @param author who made it
     * @param subject the first line of its message
     * @param runs what was measured
     * @param failure why it could not be measured; empty if it was measured or not tried
     * @param posterior the probability that it is the culprit
     * @param bad the probability that it has the change
     */
    public record Commit(
            String id, String author, String subject, List<Double> runs, String failure, double posterior, double bad) {
        public Commit {
            requireNonNull(id, "id");
            runs = List.copyOf(runs);
        }

        /** The state of a commit: good, bad, undecided, or not measurable. */
        String word() {
            if (!failure.isEmpty()) {
                return "cannot be measured";
            }
            return bad >= SURE ? "bad" : bad <= 1 - SURE ? "good" : "open";
        }
    }

    public BisectReport {
        requireNonNull(end, "end");
        requireNonNull(benchmark, "benchmark");
        commits = List.copyOf(commits);
        culprits = List.copyOf(culprits);
        credible = List.copyOf(credible);
    }

    /** All runs, those of the good and the bad commit too. */
    public int runs() {
        return commits.stream().mapToInt(commit -> commit.runs.size()).sum();
    }

    private double posterior() {
        return culprits.stream().mapToDouble(i -> commits.get(i).posterior).sum();
    }

    /** The answer, then what was spent, then every commit that was looked at. */
    public String text(TextStyle style) {
        StringBuilder out = new StringBuilder();
        answer(style, out);
        levels(style, out);
        long failed =
                commits.stream().filter(commit -> !commit.failure.isEmpty()).count();
        long looked = commits.stream()
                .skip(1) // the good one
                .filter(commit -> !commit.runs.isEmpty())
                .count();
        out.append(Words.count(commits.size() - 1, "commit", "commits"))
                .append(" after the good one; ")
                .append(looked)
                .append(" of them measured")
                .append(failed > 0 ? ", " + failed + " cannot be" : "")
                .append("; ")
                .append(Words.count(runs(), "run", "runs"))
                .append(" spent, ")
                .append(endRuns)
                .append(" of them to confirm that good and bad differ\n");
        if (end != End.NO_DIFFERENCE && !credible.isEmpty() && posterior() < 1) {
            out.append(style.safe("95 % credible set: " + credibleTold())).append('\n');
        }
        table(style, out);
        return out.toString();
    }

    private void answer(TextStyle style, StringBuilder out) {
        switch (end) {
            case FOUND -> {
                for (int i : culprits) {
                    Commit commit = commits.get(i);
                    Paragraph.append(
                            "",
                            style.safe(RunWords.shortId(commit.id) + " " + commit.subject + " ("
                                    + CommitAuthors.name(commit.author) + ")"),
                            Ansi.PLAIN,
                            style,
                            out);
                }
                out.append(
                                culprits.size() == 1
                                        ? "is the culprit"
                                        : "one of these commits is the culprit; all but the last cannot be"
                                                + " measured")
                        .append(": posterior ")
                        .append(Percent.of(posterior()))
                        .append('\n');
            }
            case NO_DIFFERENCE -> out.append("good and bad do not differ, or noise hides the difference\n");
            case UNDECIDED -> out.append("undecided: ran out of time, runs or commits that build\n");
            case STOPPED -> out.append("stopped: result so far\n");
        }
    }

    private void levels(TextStyle style, StringBuilder out) {
        if (metric.isEmpty() || before.isEmpty() || after.isEmpty()) {
            return;
        }
        Quantity.Pair levels =
                Quantity.pair(before.get(), after.get(), metric.get().unit(), deviation.orElse(0.01));
        out.append(style.safe(benchmark + " " + metric.get().name() + ": " + levels.before() + " → " + levels.after()
                        + ", " + Quantity.change(after.get() / before.get() - 1)))
                .append(style.safe("; noise of one run " + Percent.of(deviation.orElse(0.0))))
                .append('\n');
    }

    private String credibleTold() {
        String reported = credible.stream()
                .limit(MOST_CREDIBLE)
                .map(i -> RunWords.shortId(commits.get(i).id) + " " + Percent.of(commits.get(i).posterior))
                .collect(Collectors.joining(", "));
        return credible.size() > MOST_CREDIBLE
                ? reported + ", and " + (credible.size() - MOST_CREDIBLE) + " more"
                : reported;
    }

    private void table(TextStyle style, StringBuilder out) {
        Table table = new Table(
                style,
                List.of(
                        Column.whole("", true, 3),
                        Column.whole("commit", false, 0),
                        Column.whole("runs", true, 1),
                        Column.whole("mean", true, 2),
                        Column.whole("it is", false, 0),
                        Column.whole("P(bad)", true, 1),
                        new Column("", false, 4, 30, 8)));
        for (int i = 0; i < commits.size(); i++) {
            Commit commit = commits.get(i);
            if (commit.runs.isEmpty() && commit.failure.isEmpty()) {
                continue;
            }
            List<Cell> cells = new ArrayList<>();
            cells.add(new Cell(Integer.toString(i), Ansi.DIM));
            cells.add(Cell.of(style.safe(RunWords.shortId(commit.id))));
            cells.add(Cell.of(Integer.toString(commit.runs.size())));
            cells.add(
                    commit.runs.isEmpty()
                            ? Cell.EMPTY
                            : Cell.of(style.safe(Quantity.of(
                                    mean(commit), metric.orElseThrow().unit()))));
            cells.add(Cell.of(commit.word()));
            cells.add(Cell.of(end == End.NO_DIFFERENCE ? "" : String.format(Locale.ROOT, "%.3f", commit.bad)));
            cells.add(new Cell(style.safe(commit.subject), Ansi.DIM));
            table.add(cells);
        }
        out.append('\n');
        table.appendTo(out);
    }

    private static double mean(Commit commit) {
        return Location.mean(
                commit.runs.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The same for programs; {@code docs/bisect-schema.json} describes it. */
    public void writeJson(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-bisect/1");
                    json.text("end", end.name().toLowerCase(Locale.ROOT).replace('_', '-'));
                    json.text("benchmark", benchmark);
                    metric.ifPresent(known -> {
                        json.text("metric", known.name());
                        json.unit(known.unit());
                    });
                    json.integer("runs", runs());
                    json.integer("endRuns", endRuns);
                    json.number("posterior", posterior());
                    before.ifPresent(level -> json.number("before", level));
                    after.ifPresent(level -> json.number("after", level));
                    deviation.ifPresent(noise -> json.number("deviation", noise));
                    json.array("culprits", culprits, i -> json.text(commits.get(i).id));
                    json.array("credible", credible, i -> json.text(commits.get(i).id));
                    json.array("commits", commits, commit -> json.object(() -> commit(commit, json)));
                }));
    }

    private static void commit(Commit commit, JsonText json) {
        json.text("commit", commit.id);
        json.text("author", CommitAuthors.name(commit.author));
        json.text("subject", commit.subject);
        json.numbers(
                "values", commit.runs.stream().mapToDouble(Double::doubleValue).toArray());
        json.number("posterior", commit.posterior);
        json.number("bad", commit.bad);
        json.text("state", commit.runs.isEmpty() && commit.failure.isEmpty() ? "not measured" : commit.word());
        json.text("failure", commit.failure);
    }
}
