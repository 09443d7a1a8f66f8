package dev.plumbline.report.period;

import dev.plumbline.report.Words;
import dev.plumbline.report.period.PeriodReport.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a page of a period says first: what is open now, then what else happened.
 *
 * @param tone whether somebody has to act
 * @param words a few words
 * @param details how many incidents are triaged, fixed and improvements; may be empty
 */
public record PeriodHeadline(Tone tone, String words, String details) {
    public enum Tone {
        /** Nothing is open. */
        OPEN,
        /** Something got worse, and nobody has triaged it; or the newest run fails for something else. */
        CLOSED,
        /** There are too few runs to judge, what got worse is known and still there, or the newest run is held. */
        UNDECIDED
    }

    /** The number of values from which steps are looked for. */
    private static final int LEAST_RUNS = 10;

    /** Both on one line: {@code No open incident · 1 acknowledged · 2 improvements}. */
    String line() {
        return words + (details.isEmpty() ? "" : " · " + details);
    }

    public static PeriodHeadline of(PeriodReport periodReport) {
        Map<Standing, Integer> counts = PeriodSummary.counts(periodReport);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return new PeriodHeadline(Tone.UNDECIDED, "Nothing was measured in this period", periodReport.elsewhere());
        }
        Balance balance = new Balance(periodReport);
        Optional<NewestRun> newest = NewestRun.of(periodReport);
        if (counts.get(Standing.UNKNOWN) == all && periodReport.called().isEmpty()) {
            PeriodHeadline young = young(periodReport);
            return newest.map(run -> new PeriodHeadline(
                            tone(run), sentence(run.words()), young.words() + ". " + young.details()))
                    .orElse(young);
        }
        if (!periodReport.hasCases()) {
            return new PeriodHeadline(
                    counts.get(Standing.WORSE) > 0 ? Tone.CLOSED : Tone.OPEN,
                    periodReport.title(),
                    PeriodSummary.headline(periodReport));
        }
        int fresh = balance.open().size();
        int called = (int) periodReport.calledBenchmarks().stream()
                .filter(CalledBenchmark::isOpen)
                .count();
        List<String> words = new ArrayList<>();
        if (fresh > 0) {
            words.add(Words.count(fresh, "open incident", "open incidents"));
        }
        if (called > 0) {
            words.add(Words.count(called, "regression", "regressions") + " detected by a check");
        }
        Tone nothingNew = balance.waits() ? Tone.UNDECIDED : Tone.OPEN;
        if (newest.isPresent()) {
            Tone tone = words.isEmpty() ? tone(newest.get()) : Tone.CLOSED;
            words.add(newest.get().words());
            return new PeriodHeadline(tone, sentence(String.join(" · ", words)), details(balance));
        }
        return new PeriodHeadline(
                words.isEmpty() ? nothingNew : Tone.CLOSED,
                words.isEmpty() ? "No open incident" : String.join(", ", words),
                details(balance));
    }

    private static Tone tone(NewestRun run) {
        return run.fails() ? Tone.CLOSED : Tone.UNDECIDED;
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String details(Balance balance) {
        List<String> parts = new ArrayList<>();
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

    /** Of a history in which nothing can have changed yet. */
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
