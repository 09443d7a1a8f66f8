package dev.plumbline.report.period;

import dev.plumbline.report.Words;
import dev.plumbline.report.answer.NewestRun;
import dev.plumbline.report.period.PeriodReport.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headline of a period's page: the worst open change, the number of further ones, then other events.
 *
 * @param tone whether action is needed
 * @param words a sentence without a full stop
 * @param details how many incidents are triaged, fixed and improvements; may be empty
 * @param next the command that shows more of what the words name; may be empty
 */
public record PeriodHeadline(Tone tone, String words, String details, String next) {
    public enum Tone {
        /** No change needs a decision. */
        OPEN,
        /** An untriaged regression, or a newest run that fails for another reason. */
        CLOSED,
        /** There are too few runs to judge, what got worse is known and still there, or the newest run is held. */
        UNDECIDED
    }

    /** The number of values from which steps are searched for. */
    private static final int LEAST_RUNS = 10;

    /** Without anything to look at. */
    private PeriodHeadline(Tone tone, String words, String details) {
        this(tone, words, details, "");
    }

    public static PeriodHeadline of(PeriodReport periodReport) {
        Map<Standing, Integer> counts = PeriodSummary.counts(periodReport);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            String elsewhere = periodReport.elsewhere();
            return new PeriodHeadline(
                    Tone.UNDECIDED,
                    "Nothing was measured in this period",
                    elsewhere,
                    elsewhere.isEmpty() ? "plumb check RESULT" : "");
        }
        Balance balance = new Balance(periodReport);
        Optional<NewestRun> newest = periodReport.stopped();
        if (counts.get(Standing.UNKNOWN) == all && periodReport.called().isEmpty()) {
            PeriodHeadline young = young(periodReport);
            return newest.map(run -> new PeriodHeadline(
                            tone(run),
                            sentence(run.sentence()),
                            run.counts() + ". " + young.words() + ". " + young.details()))
                    .orElse(young);
        }
        if (!periodReport.hasCases()) {
            return new PeriodHeadline(
                    counts.get(Standing.WORSE) > 0 ? Tone.CLOSED : Tone.OPEN,
                    periodReport.title(),
                    PeriodSummary.headline(periodReport));
        }
        Optional<PeriodStory.Told> worst = new PeriodStory(periodReport).worst();
        Tone nothingNew = balance.waits() ? Tone.UNDECIDED : Tone.OPEN;
        Tone tone = worst.isPresent()
                ? Tone.CLOSED
                : newest.map(PeriodHeadline::tone).orElse(nothingNew);
        List<String> words = new ArrayList<>();
        worst.ifPresent(told -> words.add(told.sentence() + more(balance, periodReport)));
        newest.ifPresent(run -> words.add(worst.isPresent() ? run.words() : sentence(run.sentence())));
        return new PeriodHeadline(
                tone,
                words.isEmpty() ? "No open incident" : String.join(" · ", words),
                details(worst.isPresent() ? Optional.empty() : newest, balance),
                worst.map(PeriodStory.Told::next).orElse(""));
    }

    /** {@code  — and 2 more open incidents, 1 regression detected by a check}; nothing where one change is all. */
    private static String more(Balance balance, PeriodReport periodReport) {
        int incidents = balance.open().size();
        int called = (int) periodReport.calledBenchmarks().stream()
                .filter(CalledBenchmark::isOpen)
                .count();
        if (incidents + called < 2) {
            return "";
        }
        return " — and "
                + (called == 0
                        ? Words.count(incidents - 1, "more open incident", "more open incidents")
                        : Words.count(incidents + called - 1, "more open regression", "more open regressions"));
    }

    /** Whether something is open, or keeps the newest run from passing. */
    static boolean isTold(PeriodReport periodReport) {
        return periodReport.stopped().isPresent()
                || new PeriodStory(periodReport).worst().isPresent();
    }

    private static Tone tone(NewestRun run) {
        return run.fails() ? Tone.CLOSED : Tone.UNDECIDED;
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String details(Optional<NewestRun> newest, Balance balance) {
        List<String> parts = new ArrayList<>();
        newest.map(NewestRun::counts).ifPresent(parts::add);
        balance.states().forEach((state, count) -> parts.add(count + " " + state));
        int fixed = balance.fixed().size();
        if (fixed > 0) {
            parts.add(fixed + " fixed or recovered");
        }
        int faster = balance.faster().size();
        if (faster > 0) {
            parts.add(Words.count(faster, "improvement", "improvements"));
        }
        return String.join(" · ", parts);
    }

    /** The headline of a history in which nothing can have changed yet. */
    private static PeriodHeadline young(PeriodReport periodReport) {
        int runs = periodReport.courses().stream()
                .mapToInt(course -> course.series().points().size())
                .max()
                .orElse(0);
        int more = periodReport.policies().general().minimumRuns() - runs + 1;
        return new PeriodHeadline(
                Tone.UNDECIDED,
                (runs == 1 ? "First run recorded" : Words.count(runs, "run", "runs") + " recorded")
                        + (more > 0 ? "; verdicts need " + more + " more" : ""),
                (more > 0
                                ? "A check judges a run against the " + (runs + more - 1) + " before it. "
                                : "Checks judge new runs already. ")
                        + "Change points are detected from " + LEAST_RUNS + " runs on.");
    }
}
