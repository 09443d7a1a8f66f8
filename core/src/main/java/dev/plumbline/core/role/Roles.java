package dev.plumbline.core.role;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The roles of all metrics: rules in order; the last one that covers a series wins. What no rule covers is primary.
 *
 * <p>A statistic of a metric, such as {@code connect.p95} of {@code connect}, is never more than that metric, unless a
 * rule of a person or {@code asked} names the statistic itself.
 *
 * <p>Defaults are for what a tool reports beside its result. Where a benchmark has nothing else, that is its result:
 * metrics that are secondary by default (or, if there are none, context) become primary, so that no benchmark is left
 * without a gate, unless the configuration gives one of its metrics a role other than primary.
 *
 * @param rules in rising order of precedence
 * @param asked roles of metrics that a rule or a budget names: such a metric gets this role if only a default gives it
 *     a weaker one
 */
public record Roles(List<RoleRule> rules, List<RoleRule> asked) {
    /** Every metric is primary. */
    public static final Roles ALL_PRIMARY = new Roles(List.of(), List.of());

    private static final Pattern STATISTIC =
            Pattern.compile("(.+)\\.(?:p[0-9]{1,3}(?:\\.[0-9]{1,6})?|min|max|avg|mean|med|median)");

    public Roles {
        rules = List.copyOf(rules);
        asked = List.copyOf(asked);
    }

    /**
     * The role of one series.
     *
     * @param rule the one that won; empty where none covers the series
     * @param isOnlyOne whether it is primary because its benchmark has no other primary metric, whatever the rule sets
     */
    public record Decision(Role role, Optional<RoleRule> rule, boolean isOnlyOne) {
        public Decision {
            requireNonNull(role, "role");
            requireNonNull(rule, "rule");
        }
    }

    /**
     * The roles of series among one another.
     *
     * @param keys all series of their benchmarks; which environments and branches they belong to makes no difference
     */
    public Map<SeriesKey, Decision> among(Collection<SeriesKey> keys) {
        Map<SeriesKey, Decision> decisions = new HashMap<>();
        Map<Benchmark, Map<Role, List<SeriesKey>>> defaults = new HashMap<>();
        Set<Benchmark> settled = new HashSet<>();
        Map<String, Roles> byMetric = new HashMap<>(); // a suite has few metrics and many series
        for (SeriesKey key : keys) {
            Optional<RoleRule> rule = winner(key, byMetric);
            Role role = roleOf(rule);
            decisions.put(key, new Decision(role, rule, false));
            if (role == Role.PRIMARY || !rule.orElseThrow().isDefault()) {
                settled.add(key.benchmark());
            } else {
                defaults.computeIfAbsent(key.benchmark(), benchmark -> new EnumMap<>(Role.class))
                        .computeIfAbsent(role, any -> new ArrayList<>())
                        .add(key);
            }
        }
        defaults.forEach((benchmark, byRole) -> {
            if (!settled.contains(benchmark)) {
                // the first of the map is secondary, if there is any
                byRole.values()
                        .iterator()
                        .next()
                        .forEach(key -> decisions.put(
                                key,
                                new Decision(Role.PRIMARY, decisions.get(key).rule(), true)));
            }
        });
        return decisions;
    }

    /** The series that are not primary. */
    public static Set<SeriesKey> secondary(Map<SeriesKey, Decision> decisions) {
        Set<SeriesKey> secondary = new HashSet<>();
        decisions.forEach((key, decision) -> {
            if (decision.role() != Role.PRIMARY) {
                secondary.add(key);
            }
        });
        return secondary;
    }

    /** The rules that match a metric. */
    private Roles of(String metric) {
        return new Roles(
                rules.stream().filter(rule -> rule.metric().matches(metric)).toList(),
                asked.stream().filter(rule -> rule.metric().matches(metric)).toList());
    }

    /** The rule that decides. */
    private Optional<RoleRule> winner(SeriesKey key, Map<String, Roles> byMetric) {
        Roles own = byMetric.computeIfAbsent(key.metric(), this::of);
        Optional<RoleRule> named = last(own.rules, key);
        if (named.isPresent() && !named.get().isDefault()) {
            return named;
        }
        Optional<RoleRule> last = ofWhole(key, byMetric)
                .filter(rule -> rule.role().compareTo(roleOf(named)) > 0)
                .or(() -> named);
        return last.flatMap(rule ->
                        last(own.asked, key).filter(stronger -> stronger.role().compareTo(rule.role()) < 0))
                .or(() -> last);
    }

    /** The rule of the metric that a series is a statistic of; empty if it is none. */
    private Optional<RoleRule> ofWhole(SeriesKey key, Map<String, Roles> byMetric) {
        Matcher statistic = STATISTIC.matcher(key.metric());
        if (!statistic.matches()) {
            return Optional.empty();
        }
        String metric = statistic.group(1);
        return last(
                byMetric.computeIfAbsent(metric, this::of).rules,
                new SeriesKey(key.benchmark(), metric, key.environment(), key.branch()));
    }

    private static Role roleOf(Optional<RoleRule> rule) {
        return rule.map(RoleRule::role).orElse(Role.PRIMARY);
    }

    private static Optional<RoleRule> last(List<RoleRule> rules, SeriesKey key) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).covers(key)) {
                return Optional.of(rules.get(i));
            }
        }
        return Optional.empty();
    }

    /** The elements that are judged, in their order. */
    public <T> List<T> judged(List<T> all, Function<T, SeriesKey> keyOf) {
        Map<SeriesKey, Decision> decisions = among(all.stream().map(keyOf).toList());
        return all.stream()
                .filter(one -> decisions.get(keyOf.apply(one)).role() != Role.CONTEXT)
                .toList();
    }
}
