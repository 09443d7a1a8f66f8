package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The full names of benchmarks that got a weight on the command line by the short name in tables.
 * Weights of the configuration stay as they are: a benchmark that comes later must not change which ones they select.
 */
public final class RuleNames {
    private static final String OPTION = "--";
    private static final int MOST_LISTED = 5;

    private RuleNames() {}

    /**
     * The policy with whole names, where the history has the benchmarks; unchanged without a history.
     *
     * @throws WrongRequest if a short name matches several benchmarks; the message lists them
     */
    public static GatePolicy resolved(GatePolicy policy, Workspace workspace) throws IOException {
        if (policy.rules().stream().noneMatch(RuleNames::isShort) || !workspace.hasHistory()) {
            return policy;
        }
        try (RunStore store = workspace.open()) {
            return resolved(policy, store);
        }
    }

    /** The same with an open history. */
    public static GatePolicy resolved(GatePolicy policy, RunStore store) throws WrongRequest {
        return resolved(policy, () -> store.keys(SeriesQuery.all()));
    }

    /** @param known the series whose benchmarks can be selected; read only if there are names to look up */
    public static GatePolicy resolved(GatePolicy policy, Supplier<List<SeriesKey>> known) throws WrongRequest {
        if (policy.rules().stream().noneMatch(RuleNames::isShort)) {
            return policy;
        }
        List<Benchmark> all = known.get().stream()
                .map(SeriesKey::benchmark)
                .distinct()
                .sorted()
                .toList();
        List<GateRule> rules = new ArrayList<>();
        for (GateRule rule : policy.rules()) {
            rules.add(isShort(rule) ? resolved(rule, rule.benchmark().orElseThrow(), all) : rule);
        }
        return policy.withRules(rules);
    }

    private static boolean isShort(GateRule rule) {
        return rule.name().startsWith(OPTION)
                && rule.benchmark()
                        .filter(pattern -> !new BenchmarkName(pattern.text()).hasWildcards())
                        .isPresent();
    }

    private static GateRule resolved(GateRule rule, NamePattern typed, List<Benchmark> all) throws WrongRequest {
        if (all.stream().anyMatch(typed::matches)) {
            return rule;
        }
        BenchmarkName name = new BenchmarkName(typed.text());
        List<Benchmark> meant = all.stream().filter(name::isShort).toList();
        List<String> names = meant.stream()
                .map(NameSelector.hasParameters(typed.text()) ? Benchmark::label : Benchmark::name)
                .distinct()
                .toList();
        if (names.size() > 1) {
            throw new WrongRequest(rule.name() + " " + typed.text() + " is " + names.size() + " benchmarks: "
                    + names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "))
                    + (names.size() > MOST_LISTED ? " and " + (names.size() - MOST_LISTED) + " more" : "")
                    + "; name one of them, or all with a pattern such as '*" + typed.text() + "'");
        }
        return names.isEmpty()
                ? rule
                : new GateRule(rule.name(), Optional.of(new NamePattern(names.get(0))), rule.metric(), rule.weight());
    }
}
