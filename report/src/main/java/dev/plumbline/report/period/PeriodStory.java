package dev.plumbline.report.period;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.incident.Case;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.answer.IncidentWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A period in sentences, one for each change: the worst open one first, then what else is open, known and better. */
final class PeriodStory {
    private final Balance balance;
    private final CauseWords words;
    private final List<CalledBenchmark> called;
    private final List<Told> open;

    /**
     * One change.
     *
     * @param sentence what happened, without a full stop
     * @param next the command that shows it
     * @param size how large it is
     */
    record Told(String sentence, String next, double size) {
        /** With the command that shows it. */
        String line() {
            return line("");
        }

        /** The same with its annotation; may be empty. */
        String line(String stated) {
            return sentence + (stated.isEmpty() ? "" : ", " + stated) + "; details: " + next;
        }
    }

    /** Sentences about changes in the same state. */
    record Chapter(String title, List<String> lines) {
        Chapter {
            lines = List.copyOf(lines);
        }
    }

    PeriodStory(PeriodReport periodReport) {
        balance = new Balance(periodReport);
        words = new CauseWords(periodReport);
        called = periodReport.calledBenchmarks();
        open = Stream.concat(
                        balance.open().stream().map(this::told),
                        called.stream().filter(CalledBenchmark::isOpen).map(this::told))
                .sorted(Comparator.comparingDouble(one -> -one.size()))
                .toList();
    }

    private Told told(Case one) {
        return new Told(
                words.of(one),
                "plumb incidents " + one.incident().id(),
                Math.abs(IncidentWords.reported(one).change().relativeChange()));
    }

    private Told told(CalledBenchmark one) {
        return new Told(words.of(one), one.next(), Math.abs(one.head().relativeChange()));
    }

    /** The worst of what is open; empty where nothing is. */
    Optional<Told> worst() {
        return open.stream().findFirst();
    }

    /** Open incidents except the worst, then triaged ones, fixed ones, and improvements. */
    List<Chapter> chapters() {
        List<Chapter> chapters = new ArrayList<>();
        add("Also open", open.stream().skip(1).map(Told::line).toList(), chapters);
        Map<String, List<String>> triaged = new TreeMap<>();
        balance.triaged().forEach((state, cases) -> triaged.put(state, new ArrayList<>(lines(cases))));
        for (CalledBenchmark one : called) {
            one.head().stated().ifPresent(stated -> triaged.computeIfAbsent(
                            TriageWords.state(stated.kind()), none -> new ArrayList<>())
                    .add(words.of(one) + ", " + TriageWords.stated(one.head().statements())));
        }
        triaged.forEach((state, lines) -> add(title(state), lines, chapters));
        add("Fixed or recovered", lines(balance.fixed()), chapters);
        add("Better", lines(balance.faster()), chapters);
        return chapters;
    }

    private List<String> lines(List<Case> cases) {
        return cases.stream()
                .map(one -> {
                    Annotated stated = new Annotated(one.statement(), one.broken());
                    return told(one).line(stated.equals(Annotated.NONE) ? "" : TriageWords.stated(stated));
                })
                .toList();
    }

    private static String title(String state) {
        return state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1);
    }

    private static void add(String title, List<String> lines, List<Chapter> chapters) {
        if (!lines.isEmpty()) {
            chapters.add(new Chapter(title, lines));
        }
    }
}
