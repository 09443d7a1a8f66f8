package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.shape.SeriesSummary;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The findings shown with a list of incidents: the number of its runs, and findings of the newest runs that are part of
 * no incident.
 *
 * @param runs the points of the longest series that was asked for
 * @param all of the branch that was asked for what is not certain, of the branch that is checked out all
 * @param early what young series may have lost behind their first runs, the largest first
 * @param missing what a check of a newest run misses, the benchmarks of a run one behind the other
 * @param notes on which run is the newest, where that is not the one with the latest date
 * @param stopped newest runs that fail or hold the gate for something that is neither a change nor missing
 */
public record NewestFindings(
        int runs,
        List<Newest> all,
        List<EarlyLoss> early,
        List<Gone> missing,
        List<String> notes,
        List<NewestRun> stopped) {
    /** Benchmarks that a line names. */
    private static final int NAMED = 3;

    private static final int DAY = 10;

    /**
     * A regression or possible regression in the newest run, or an improvement that is too good to be true.
     *
     * @param finding regressed, a suspect or improved
     * @param run that it was found in
     */
    public record Newest(Finding finding, RunInfo run) {
        public Newest {
            requireNonNull(finding, "finding");
            requireNonNull(run, "run");
        }

        boolean isCertain() {
            return finding.verdict() instanceof Verdict.Regressed;
        }

        boolean isTooGood() {
            return finding.verdict() instanceof Verdict.Improved;
        }

        /** The kind, in front of its name: its annotation comes before all else. */
        private String kind() {
            if (finding.statement().isPresent()) {
                return TriageWords.state(finding.statement().get().kind()) + ": ";
            }
            if (isTooGood()) {
                return "too good to be true: ";
            }
            return isCertain() ? "detected by a check: " : "possible regression, not confirmed: ";
        }

        /** The next step, behind all else. */
        private String next() {
            if (finding.statement().isPresent()) {
                return "; " + TriageWords.stated(finding.statement().get());
            }
            if (isTooGood()) {
                return "; did the benchmark do its work? If it is real, plumb accept " + finding.id() + " --reason WHY";
            }
            return isCertain()
                    ? "; plumb explain " + finding.id() + " shows why"
                    : DoubtWords.canSettle(finding)
                            ? "; measure again to decide"
                            : "; only a longer history can decide";
        }

        double relativeChange() {
            return finding.verdict().effect().map(Effect::relativeChange).orElse(Double.NaN);
        }

        /** {@code possible regression, not certain: Sort.quick time +3.1 % with commit 0abc … on main, …}. */
        String words(CommitAuthors authors) {
            double change = relativeChange();
            return kind()
                    + Words.inSentence(finding.key())
                    + (Double.isNaN(change) ? "" : " " + Quantity.change(change)) + began(authors) + ", measured "
                    + RunWords.time(run.header().time()).substring(0, DAY)
                    + next();
        }

        /** With the commit it began with; that of the run where no earlier one is known. */
        private String began(CommitAuthors authors) {
            String commit = run.header().revision().commit();
            return finding.since().isEmpty() || finding.since().equals(commit)
                    ? " with " + TriageWords.began(run, authors)
                    : " since " + TriageWords.since(finding, authors) + ", shown by " + RunWords.revision(run);
        }

        void write(JsonText json) {
            json.series(finding.key());
            json.text("label", Words.label(finding.key()));
            json.text("certainty", isTooGood() ? "TOO_GOOD" : isCertain() ? "DETECTED" : "POSSIBLE");
            json.number("relativeChange", relativeChange());
            json.text("finding", finding.id());
            if (!finding.since().isEmpty()) {
                json.text("since", finding.since());
            }
            json.object("run", () -> json.run(run));
            finding.statement().ifPresent(stated -> json.object("statement", () -> json.statement(stated)));
        }
    }

    /**
     * A benchmark that the newest run lacks, according to a check.
     *
     * @param run without it
     */
    public record Gone(Missing missing, RunInfo run) {
        public Gone {
            requireNonNull(missing, "missing");
            requireNonNull(run, "run");
        }

        private String name() {
            return Words.label(missing.key())
                    + (missing.isBenchmark() ? "" : " " + missing.key().metric());
        }

        /** Since which commit; empty text where the run is the first without it, or that is not known. */
        private String since() {
            return missing.since().equals(run.header().revision().commit()) ? "" : missing.since();
        }

        void write(JsonText json) {
            json.series(missing.key());
            json.text("label", name());
            json.text("finding", missing.id());
            if (!missing.since().isEmpty()) {
                json.text("since", missing.since());
            }
            json.object("run", () -> json.run(run));
        }
    }

    /**
     * The benchmarks missing from the newest run of each branch, a line for each with its first commit; empty where
     * none is.
     */
    List<String> missingWords(CommitAuthors authors) {
        Map<List<Object>, List<Gone>> together = new LinkedHashMap<>();
        missing.forEach(one -> together.computeIfAbsent(
                        List.of(one.run(), one.since(), one.missing().renamed().map(Missing.Renamed::into)),
                        none -> new ArrayList<>())
                .add(one));
        List<String> lines = new ArrayList<>();
        together.values()
                .forEach(gone -> lines.add(begun(gone.get(0), authors) + ": "
                        + gone.stream().limit(NAMED).map(Gone::name).collect(Collectors.joining(", "))
                        + (gone.size() > NAMED ? " and " + (gone.size() - NAMED) + " more" : "")
                        + gone.get(0)
                                .missing()
                                .renamed()
                                .map(now -> "; it looks renamed to " + now.into()
                                        + MissingWords.moved(
                                                gone.stream().map(Gone::missing).toList()) + ": "
                                        + MissingWords.rename(now))
                                .orElseGet(() -> "; measure " + (gone.size() == 1 ? "it" : "them") + " again")
                        + ", or if removed on purpose, plumb accept "
                        + gone.get(0).missing().id() + " --reason WHY" + MissingWords.firstOf(gone.size())));
        return lines;
    }

    private static String begun(Gone one, CommitAuthors authors) {
        String commit = one.run().header().revision().commit();
        return one.since().isEmpty()
                ? "missing from the newest run, " + RunWords.revision(one.run())
                        + (authors.isEarlier(commit) ? "; began with " + authors.began(commit) : authors.by(commit))
                : "missing since commit " + authors.began(one.since()) + ", as in the newest run, "
                        + RunWords.revision(one.run());
    }

    public NewestFindings {
        missing = List.copyOf(missing);
        all = List.copyOf(all);
        early = List.copyOf(early);
        notes = List.copyOf(notes);
        stopped = List.copyOf(stopped);
    }

    /** The findings where no newest run is stopped otherwise. */
    public NewestFindings(int runs, List<Newest> all, List<EarlyLoss> early, List<Gone> missing, List<String> notes) {
        this(runs, all, early, missing, notes, List.of());
    }

    /** No findings. */
    static final NewestFindings UNKNOWN =
            new NewestFindings(SeriesSummary.LEAST, List.of(), List.of(), List.of(), List.of());

    /** {@code Sort.quick time: possible regression, not certain: …}. */
    static String words(EarlyLoss loss) {
        return Words.inSentence(loss.key()) + ": " + TriageWords.early(loss);
    }

    boolean areTooFew() {
        return runs < SeriesSummary.LEAST;
    }

    /** The number of runs, the number that incidents need, and a note that a check needs fewer. */
    String tooFew(String branch) {
        return branch + " has " + Words.count(runs, "run", "runs") + "; incidents need " + SeriesSummary.LEAST
                + " runs or more. plumb check judges new runs sooner";
    }
}
