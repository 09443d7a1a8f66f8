package dev.plumbline.report.period;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.content.MainMetricFirst;
import dev.plumbline.report.evidence.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A benchmark of which checks have detected regressions that the history does not confirm yet.
 *
 * @param metrics one for each metric, those of the best role first, the largest of a role before the others; never
 *     empty
 */
public record CalledBenchmark(List<CalledRegression> metrics) {
    private static final Comparator<CalledRegression> LARGEST_FIRST =
            Comparator.comparingDouble(one -> -Math.abs(one.relativeChange()));

    public CalledBenchmark {
        metrics = List.copyOf(metrics);
    }

    /**
     * Puts those of a benchmark in one environment on one branch together, what is open apart from the rest.
     *
     * @param roles of all their metrics
     * @return by the size of their main finding, the largest first
     */
    static List<CalledBenchmark> of(List<CalledRegression> called, Map<SeriesKey, Roles.Decision> roles) {
        Map<List<Object>, List<CalledRegression>> byPlace = new LinkedHashMap<>();
        for (CalledRegression one : called) {
            byPlace.computeIfAbsent(
                            List.of(
                                    one.key().benchmark(),
                                    one.key().environment(),
                                    one.key().branch(),
                                    one.isOpen()),
                            place -> new ArrayList<>())
                    .add(one);
        }
        return byPlace.values().stream()
                .map(all -> new CalledBenchmark(all.stream()
                        .sorted(Comparator.comparing((CalledRegression one) ->
                                        roles.get(one.key()).role())
                                .thenComparing(LARGEST_FIRST)
                                .thenComparing(CalledRegression::key, MainMetricFirst.ORDER))
                        .toList()))
                .sorted(Comparator.comparing(CalledBenchmark::head, LARGEST_FIRST))
                .toList();
    }

    /** The main metric of the benchmark. */
    public CalledRegression head() {
        return metrics.get(0);
    }

    /** Whether it is not triaged. */
    public boolean isOpen() {
        return head().isOpen();
    }

    /** {@code Sort.quick time +12.1 % with commit 0abc000c00 on main by Ann; also its alloc +9.0 %, rss +4.2 %}. */
    public String words(CommitAuthors authors) {
        List<String> others = metrics.stream()
                .skip(1)
                .map(one -> one.key().metric() + " " + Quantity.change(one.relativeChange()))
                .toList();
        return TriageWords.called(head(), authors)
                + (others.isEmpty() ? "" : "; also its " + String.join(", ", others));
    }

    /** Whether it is triaged and still has to be fixed: all triaged ones except accepted ones and false alarms. */
    public boolean waits() {
        return !isOpen() && !head().isAccepted() && !head().isFalseAlarm();
    }

    /** The commands that explain and accept it; empty if it is triaged. */
    public String next() {
        String id = head().findingId();
        return isOpen() ? "plumb explain " + id + " · intended: plumb accept " + id + " --reason WHY" : "";
    }
}
