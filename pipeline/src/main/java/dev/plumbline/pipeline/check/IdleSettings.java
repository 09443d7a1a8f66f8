package dev.plumbline.pipeline.check;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.report.note.IdleNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reports budgets, weights, thresholds and acceptances that have no effect: otherwise a misspelt pattern would silently
 * guard nothing.
 */
public final class IdleSettings {
    private static final int MOST_SUGGESTED = 3;

    private final List<Finding> findings;
    private final Supplier<List<SeriesKey>> known;
    private Optional<List<SeriesKey>> looked = Optional.empty();
    private final List<String> notes = new ArrayList<>();

    private IdleSettings(List<Finding> findings, Supplier<List<SeriesKey>> known) {
        this.findings = findings;
        this.known = known;
    }

    /**
     * A sentence for each setting that is a slip.
     *
     * @param known all known series, those of the findings among them; asked for only if something fits
     *     no finding. What fits one of them by name is for another suite
     */
    public static List<String> notes(
            GatePolicy policy, Policies policies, List<Finding> findings, Supplier<List<SeriesKey>> known) {
        IdleSettings idle = new IdleSettings(findings, known);
        idle.budgets(policy.budgets());
        policy.rules().forEach(idle::weight);
        policy.roles().rules().stream().filter(rule -> !rule.isDefault()).forEach(idle::role);
        if (policies instanceof Thresholds thresholds) {
            thresholds.rules().stream()
                    .filter(rule -> !Thresholds.defaults().contains(rule))
                    .forEach(idle::threshold);
        }
        return idle.notes;
    }

    /**
     * A sentence for each acceptance of the repository whose names match no series: it accepts nothing.
     *
     * @param files of the repository
     * @param known as of {@link #notes}
     */
    public static List<String> acceptances(
            List<AcceptanceFiles.FromFile> files, List<Finding> findings, Supplier<List<SeriesKey>> known) {
        IdleSettings idle = new IdleSettings(findings, known);
        files.forEach(idle::acceptance);
        return idle.notes;
    }

    /** Its environment may be that of another machine, and is not compared. */
    private void acceptance(AcceptanceFiles.FromFile one) {
        Acceptance acceptance = one.acceptance();
        Benchmark benchmark = acceptance.benchmark();
        String where = one.file() + ":" + one.line();
        if (isIdle(key -> key.benchmark().equals(benchmark))) {
            notes.add(IdleNotes.acceptance(where, acceptance, near(benchmark.label(), benchmark::equals)));
        } else if (acceptance.metric().isPresent()
                && isIdle(key -> key.benchmark().equals(benchmark)
                        && key.metric().equals(acceptance.metric().get()))) {
            notes.add(IdleNotes.acceptedMetric(
                    where, acceptance, acceptance.metric().get(), metrics(benchmark)));
        }
    }

    private List<String> metrics(Benchmark benchmark) {
        return Stream.concat(findings.stream().map(Finding::key), known().stream())
                .filter(key -> key.benchmark().equals(benchmark))
                .map(SeriesKey::metric)
                .distinct()
                .sorted()
                .limit(MOST_SUGGESTED)
                .toList();
    }

    private void budgets(List<Budget> all) {
        Map<String, List<Budget>> byPlace = new LinkedHashMap<>();
        all.forEach(budget -> byPlace.computeIfAbsent(budget.name(), name -> new ArrayList<>())
                .add(budget));
        byPlace.forEach((place, budgets) -> {
            Budget budget = budgets.get(0);
            List<Finding> named = findings.stream()
                    .filter(finding -> budget.names(finding.key()))
                    .toList();
            if (isIdle(budget::names)) {
                notes.add(IdleNotes.budget(place));
            } else if (!named.isEmpty()
                    && named.stream().noneMatch(finding -> budget.isFor(finding.key(), finding.unit()))) {
                notes.add(IdleNotes.budgetUnit(
                        place, budget.unit(), named.get(0).key(), named.get(0).unit()));
            }
        });
    }

    private void weight(GateRule rule) {
        named(rule.name(), "the weight", rule.benchmark(), rule.metric());
    }

    private void role(RoleRule rule) {
        named(rule.name(), "the role", rule.benchmark(), Optional.of(rule.metric()));
    }

    private void threshold(ThresholdRule rule) {
        named(
                rule.name(),
                "the threshold",
                rule.scope().benchmark(),
                rule.scope().metric());
    }

    /** Checks names alone; environments and branches may be those of other machines and other times. */
    private void named(String place, String what, Optional<NamePattern> benchmark, Optional<NamePattern> metric) {
        List<String> words = new ArrayList<>();
        benchmark.ifPresent(pattern -> words.add("benchmark " + pattern.text()));
        metric.ifPresent(pattern -> words.add("metric " + pattern.text()));
        if (!words.isEmpty()
                && isIdle(key -> benchmark
                                .map(pattern -> pattern.matches(key.benchmark()))
                                .orElse(true)
                        && metric.map(pattern -> pattern.matches(key.metric())).orElse(true))) {
            notes.add(IdleNotes.rule(
                    place,
                    what,
                    words,
                    benchmark
                            .map(pattern -> near(pattern.text(), pattern::matches))
                            .orElse(List.of())));
        }
    }

    /** The whole name of what tables show by a short one, or names that are near; a setting needs the whole one. */
    private List<String> near(String text, Predicate<Benchmark> matches) {
        List<Benchmark> all = Stream.concat(findings.stream().map(Finding::key), known().stream())
                .map(SeriesKey::benchmark)
                .distinct()
                .toList();
        BenchmarkName name = new BenchmarkName(text);
        List<String> meant = all.stream()
                .filter(one -> !matches.test(one) && name.isShort(one))
                .map(Benchmark::label)
                .limit(MOST_SUGGESTED)
                .toList();
        return meant.isEmpty()
                ? Suggestion.near(text, all.stream().map(Benchmark::label).toList())
                : meant;
    }

    private boolean isIdle(Predicate<SeriesKey> names) {
        return findings.stream().map(Finding::key).noneMatch(names)
                && known().stream().noneMatch(names);
    }

    private List<SeriesKey> known() {
        if (looked.isEmpty()) {
            looked = Optional.of(known.get());
        }
        return looked.get();
    }
}
