package dev.plumbline.pipeline.check;

import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes about results that do not fit the history they are in. */
final class UnfamiliarResults {
    /** One thread is no parameter of a JMH benchmark. */
    private static final String THREADS = "threads";

    private UnfamiliarResults() {}

    /** In a history of commits, results without one belong to none and have no triages. */
    static Optional<String> withoutCommit(RunStore store, List<RunInfo> runs) {
        String branch = runs.get(0).header().revision().branch();
        boolean isUnknown = runs.get(0).header().revision().commit().isEmpty();
        return isUnknown
                        && store.runs(RunQuery.all().onBranch(branch)).stream()
                                .anyMatch(
                                        run -> !run.header().revision().commit().isEmpty())
                ? Optional.of(CheckNotes.withoutCommit(branch))
                : Optional.empty();
    }

    /**
     * If a history has results and none of the new names match, the benchmarks were often renamed by accident, or run
     * with other parameters.
     */
    static Optional<String> onlyNewSeries(RunStore store, Judgement judgement) {
        boolean allNew = !judgement.trials().isEmpty()
                && judgement.trials().size() == judgement.findings().size()
                && judgement.trials().stream()
                        .allMatch(trial -> trial.history().points().isEmpty()
                                && trial.elsewhere().isEmpty());
        if (!allNew
                || store.runs(RunQuery.all().newest(judgement.runs().size() + 1))
                                .size()
                        <= judgement.runs().size()) {
            return Optional.empty();
        }
        Set<Benchmark> own = new LinkedHashSet<>();
        judgement.findings().forEach(finding -> own.add(finding.key().benchmark()));
        List<Benchmark> known = store.keys(SeriesQuery.all()).stream()
                .map(SeriesKey::benchmark)
                .filter(benchmark -> !own.contains(benchmark))
                .distinct()
                .toList();
        return otherParameters(own, known).or(() -> known.stream()
                .findFirst()
                .map(first -> CheckNotes.onlyNew(own.iterator().next(), first)));
    }

    /** Where all of them are in the history, each by its name and with other parameters. */
    private static Optional<String> otherParameters(Set<Benchmark> own, List<Benchmark> known) {
        Set<String> names = own.stream().map(Benchmark::name).collect(Collectors.toSet());
        List<Benchmark> before =
                known.stream().filter(one -> names.contains(one.name())).toList();
        if (!before.stream().map(Benchmark::name).collect(Collectors.toSet()).equals(names)) {
            return Optional.empty();
        }
        Set<String> parameters = new TreeSet<>();
        Stream.concat(before.stream(), own.stream())
                .forEach(one -> parameters.addAll(one.parameters().keySet()));
        List<CheckNotes.ChangedParameter> changed = parameters.stream()
                .map(name -> new CheckNotes.ChangedParameter(name, values(before, name), values(own, name)))
                .filter(one -> !one.before().equals(one.now()))
                .toList();
        Benchmark first = own.iterator().next();
        return before.stream()
                .filter(one -> one.name().equals(first.name()))
                .findFirst()
                .map(one -> CheckNotes.otherParameters(changed, first, one));
    }

    private static List<String> values(Collection<Benchmark> benchmarks, String parameter) {
        return benchmarks.stream()
                .map(one -> one.parameters().getOrDefault(parameter, parameter.equals(THREADS) ? "1" : ""))
                .distinct()
                .sorted()
                .toList();
    }
}
