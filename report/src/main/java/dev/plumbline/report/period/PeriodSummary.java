package dev.plumbline.report.period;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.period.PeriodReport.Event;
import dev.plumbline.report.period.PeriodReport.Standing;
import dev.plumbline.report.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A summary of a period in a few sentences: the number of benchmarks that are worse and better than at its beginning,
 * the number of change points, and the variation of the series.
 */
public final class PeriodSummary {
    private PeriodSummary() {}

    /** The one sentence. */
    static String headline(PeriodReport periodReport) {
        if (periodReport.courses().isEmpty()) {
            return "nothing was measured in this period"
                    + (periodReport.elsewhere().isEmpty() ? "" : "; " + periodReport.elsewhere());
        }
        Map<Name, Standing> standings = standings(periodReport);
        Map<Benchmark, String> called = called(periodReport);
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        // open ones before triaged ones
        Map<String, Integer> detected = new TreeMap<>(
                Comparator.comparing(String::isEmpty).reversed().thenComparing(Comparator.naturalOrder()));
        called.forEach((benchmark, state) -> detected.put(state, 0));
        standings.forEach((name, standing) -> {
            String state = called.get(name.benchmark());
            if (state == null || standing == Standing.WORSE) {
                counts.merge(standing, 1, Integer::sum);
            } else {
                detected.merge(state, 1, Integer::sum);
            }
        });
        int worse = counts.getOrDefault(Standing.WORSE, 0);
        List<String> parts = new ArrayList<>();
        if (worse > 0 || detected.values().stream().noneMatch(count -> count > 0)) {
            parts.add(worse == 0 ? "none worse" : worse + " worse than when the period began" + known(periodReport));
        }
        detected.forEach((state, count) ->
                part(count, "reported as worse by a check, " + (state.isEmpty() ? "not confirmed yet" : state), parts));
        part(counts.getOrDefault(Standing.BETTER, 0), "better", parts);
        part(counts.getOrDefault(Standing.LEVEL, 0), "level", parts);
        part(counts.getOrDefault(Standing.UNKNOWN, 0), "too short to judge", parts);
        return Words.count(standings.size(), "benchmark", "benchmarks") + environments(periodReport) + ": "
                + String.join(", ", parts);
    }

    private static void part(int count, String what, List<String> parts) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** The number of benchmarks in each state, each as the worst of its primary metrics in any environment. */
    public static Map<Standing, Integer> counts(PeriodReport periodReport) {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            counts.put(standing, 0);
        }
        standings(periodReport).values().forEach(standing -> counts.merge(standing, 1, Integer::sum));
        return counts;
    }

    /** A benchmark of a branch, in all its environments. */
    private record Name(Benchmark benchmark, String branch) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.branch());
        }
    }

    /** The standing of each benchmark: the worst one of several environments. */
    private static Map<Name, Standing> standings(PeriodReport periodReport) {
        Map<Name, Standing> standings = new LinkedHashMap<>();
        periodReport
                .benchmarks()
                .forEach(one -> standings.merge(
                        Name.of(one.courses().get(0).series().key()),
                        one.standing(),
                        (first, second) -> first.compareTo(second) <= 0 ? first : second));
        return standings;
    }

    /** {@code  in 2 environments}; empty text where there is one. */
    private static String environments(PeriodReport periodReport) {
        long environments = periodReport.courses().stream()
                .map(course -> course.series().key().environment())
                .distinct()
                .count();
        return environments < 2 ? "" : " in " + environments + " environments";
    }

    /**
     * The benchmarks that a check reports as worse, where the history has too few runs to confirm it, each with what
     * people recorded about it; empty text where that is nothing for one of them.
     */
    private static Map<Benchmark, String> called(PeriodReport periodReport) {
        Map<Benchmark, String> called = new HashMap<>();
        periodReport.called().stream()
                .filter(one -> !one.isFalseAlarm())
                .forEach(one -> called.merge(
                        one.key().benchmark(),
                        one.stated()
                                .map(stated -> TriageWords.state(stated.kind()))
                                .orElse(""),
                        (first, second) -> first.isEmpty() || second.isEmpty() ? "" : first));
        return called;
    }

    /** The one sentence with its period, on one line of any length, made harmless. */
    public static String line(PeriodReport periodReport) {
        return TerminalText.escape(periodReport.title() + ": " + cause(periodReport) + headline(periodReport));
    }

    /**
     * The open changes and the reasons that keep the newest run from passing, before the counts; empty where there are
     * none.
     */
    private static String cause(PeriodReport periodReport) {
        return periodReport.hasCases() && PeriodHeadline.isTold(periodReport)
                ? PeriodHeadline.of(periodReport).words() + "; "
                : "";
    }

    /** Further sentences with their numbers. */
    public static List<String> facts(PeriodReport periodReport) {
        if (periodReport.courses().isEmpty()) {
            return List.of();
        }
        List<String> facts =
                new ArrayList<>(periodReport.hasCases() ? new Balance(periodReport).sentences() : List.of());
        facts.addAll(courses(periodReport));
        return facts;
    }

    /** The same without the incidents: change points, how many series are behind their best, and noise. */
    static List<String> courses(PeriodReport periodReport) {
        List<String> facts = new ArrayList<>();
        changes(periodReport).ifPresent(facts::add);
        if (!periodReport.indebted().isEmpty()) {
            facts.add(Words.count(
                    periodReport.indebted().size(),
                    "series is worse than at its best in this period",
                    "series are worse than at their best in this period"));
        }
        double[] noises = periodReport.judged().stream()
                .mapToDouble(SeriesCourse::noise)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (noises.length > 0) {
            facts.add(
                    "half of the series vary by at most " + Percent.of(noises[noises.length / 2]) + " from run to run");
        }
        return facts;
    }

    /** The number of change points; a quiet period has a sentence without a number. */
    private static Optional<String> changes(PeriodReport periodReport) {
        List<Event> events = periodReport.events();
        if (events.isEmpty()) {
            return periodReport.judged().isEmpty()
                    ? Optional.empty()
                    : Optional.of("no " + (called(periodReport).isEmpty() ? "" : "confirmed ")
                            + "change points of at least " + periodReport.margins());
        }
        int worse = (int) events.stream().filter(Event::worse).count();
        int parts = periodReport.partsOfSlopes();
        return Optional.of(Words.count(events.size(), "change point", "change points") + " of at least "
                + periodReport.margins() + ": " + worse + " worse" + known(events) + ", "
                + (events.size() - worse) + " better"
                + (parts == 0 ? "" : "; " + Words.count(parts, "more is", "more are") + " part of gradual changes"));
    }

    /** The triage of changes for the worse. */
    private static String known(List<Event> events) {
        return counted(events.stream()
                .map(Event::triage)
                .filter(Optional::isPresent)
                .map(CourseWords::state)
                .toList());
    }

    /** The triage of the benchmarks that are worse, if every such change of theirs is triaged. */
    private static String known(PeriodReport periodReport) {
        Map<SeriesCourse, Case.State> triaged = periodReport.triaged();
        Map<Name, String> states = new HashMap<>();
        if (!triaged.isEmpty()) {
            periodReport.benchmarks().stream()
                    .filter(one -> one.standing() == Standing.WORSE)
                    .forEach(one -> one.courses().stream()
                            .filter(course -> periodReport.standing(course) == Standing.WORSE)
                            .forEach(course -> states.merge(
                                    Name.of(course.series().key()),
                                    CourseWords.state(Optional.ofNullable(triaged.get(course))),
                                    (first, second) -> first.isEmpty() || second.isEmpty() ? "" : first)));
        }
        return counted(states.values());
    }

    /** {@code  (1 accepted, 2 muted)}; empty text where there is no state. */
    private static String counted(Collection<String> states) {
        Map<String, Integer> counts = new TreeMap<>();
        states.stream().filter(state -> !state.isEmpty()).forEach(state -> counts.merge(state, 1, Integer::sum));
        return Words.inBrackets(counts.entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", ")));
    }

    static String period(PeriodReport periodReport) {
        return RunWords.time(periodReport.since()) + " to " + RunWords.time(periodReport.until());
    }
}
