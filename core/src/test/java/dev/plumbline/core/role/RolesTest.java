package dev.plumbline.core.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.NamePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RolesTest {
    private static SeriesKey key(String benchmark, String metric) {
        return new SeriesKey(Benchmark.of(benchmark), metric, "here", "main");
    }

    private static RoleRule byDefault(String metric, Role role) {
        return new RoleRule("a tool", Optional.empty(), new NamePattern(metric), role, true);
    }

    private static RoleRule stated(String benchmark, String metric, Role role) {
        return new RoleRule("a person", Optional.of(new NamePattern(benchmark)), new NamePattern(metric), role, false);
    }

    private static Map<String, Role> among(Roles roles, String benchmark, String... metrics) {
        return roles
                .among(Arrays.stream(metrics)
                        .map(metric -> key(benchmark, metric))
                        .toList())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(entry -> entry.getKey().metric(), entry -> entry.getValue()
                        .role()));
    }

    private static final List<RoleRule> DEFAULTS = List.of(
            byDefault("gc.*", Role.CONTEXT),
            byDefault("gc.alloc.rate.norm", Role.PRIMARY),
            byDefault("user", Role.SECONDARY));

    @Test
    void the_last_rule_wins_and_what_none_covers_is_primary() {
        Roles roles = new Roles(DEFAULTS, List.of());

        assertThat(among(roles, "sort", "time", "gc.count", "gc.alloc.rate.norm", "user"))
                .isEqualTo(Map.of(
                        "time",
                        Role.PRIMARY,
                        "gc.count",
                        Role.CONTEXT,
                        "gc.alloc.rate.norm",
                        Role.PRIMARY,
                        "user",
                        Role.SECONDARY));
    }

    @Test
    void a_benchmark_with_nothing_else_is_judged_by_what_defaults_put_aside() {
        Roles roles = new Roles(DEFAULTS, List.of());

        assertThat(among(roles, "sort", "user", "gc.count"))
                .isEqualTo(Map.of("user", Role.PRIMARY, "gc.count", Role.CONTEXT));
        assertThat(among(roles, "sort", "gc.count", "gc.time"))
                .isEqualTo(Map.of("gc.count", Role.PRIMARY, "gc.time", Role.PRIMARY));
        assertThat(roles.among(List.of(key("sort", "user"))).get(key("sort", "user")))
                .isEqualTo(new Roles.Decision(Role.PRIMARY, Optional.of(DEFAULTS.get(2)), true));
        // each benchmark by itself
        assertThat(roles.judged(List.of(key("a", "time"), key("a", "gc.count"), key("b", "gc.count")), key -> key))
                .containsExactly(key("a", "time"), key("b", "gc.count"));
    }

    @Test
    void what_a_person_says_stays_so_whatever_else_there_is() {
        List<RoleRule> rules =
                List.of(DEFAULTS.get(0), stated("sort", "gc.count", Role.PRIMARY), stated("old", "*", Role.CONTEXT));
        Roles roles = new Roles(rules, List.of());

        assertThat(among(roles, "sort", "time", "gc.count")).containsEntry("gc.count", Role.PRIMARY);
        assertThat(among(roles, "other", "time", "gc.count")).containsEntry("gc.count", Role.CONTEXT);
        assertThat(among(roles, "old", "time")).containsEntry("time", Role.CONTEXT);
    }

    @Test
    void a_statistic_is_never_more_than_its_metric_unless_something_names_the_statistic() {
        List<RoleRule> rules = List.of(
                byDefault("connect", Role.SECONDARY),
                byDefault("*.p90", Role.SECONDARY),
                byDefault("vus", Role.CONTEXT),
                stated("checkout", "connect", Role.PRIMARY),
                stated("search", "duration", Role.SECONDARY),
                stated("search", "duration.p99.9", Role.PRIMARY));
        Roles roles = new Roles(rules, List.of());

        assertThat(among(roles, "load", "duration", "duration.p90", "duration.p95", "connect.p95", "connect.max"))
                .isEqualTo(Map.of(
                        "duration",
                        Role.PRIMARY,
                        "duration.p90",
                        Role.SECONDARY,
                        "duration.p95",
                        Role.PRIMARY,
                        "connect.p95",
                        Role.SECONDARY,
                        "connect.max",
                        Role.SECONDARY));
        assertThat(among(roles, "load", "duration", "vus.max", "connect.rate"))
                .containsEntry("vus.max", Role.CONTEXT)
                .containsEntry("connect.rate", Role.PRIMARY);
        assertThat(among(roles, "checkout", "duration", "connect.p95")).containsEntry("connect.p95", Role.PRIMARY);
        assertThat(among(roles, "search", "duration", "duration.p95", "duration.p99.9"))
                .containsEntry("duration.p95", Role.SECONDARY)
                .containsEntry("duration.p99.9", Role.PRIMARY);
        Roles asked = new Roles(rules, List.of(byDefault("connect.p95", Role.PRIMARY)));
        assertThat(among(asked, "load", "duration", "connect.p95", "connect.p99"))
                .containsEntry("connect.p95", Role.PRIMARY)
                .containsEntry("connect.p99", Role.SECONDARY);
    }

    @Test
    void what_a_person_put_aside_brings_nothing_else_forward() {
        Roles roles =
                new Roles(List.of(DEFAULTS.get(0), DEFAULTS.get(2), stated("*", "time", Role.SECONDARY)), List.of());

        assertThat(among(roles, "sort", "time", "user", "gc.count"))
                .isEqualTo(Map.of("time", Role.SECONDARY, "user", Role.SECONDARY, "gc.count", Role.CONTEXT));
    }

    @Test
    void context_that_something_is_asked_of_is_judged() {
        RoleRule budget = byDefault("gc.count", Role.SECONDARY);
        RoleRule critical = byDefault("user", Role.PRIMARY);

        assertThat(among(new Roles(DEFAULTS, List.of(budget)), "sort", "time", "gc.count", "gc.time"))
                .isEqualTo(Map.of("time", Role.PRIMARY, "gc.count", Role.SECONDARY, "gc.time", Role.CONTEXT));
        assertThat(among(new Roles(DEFAULTS, List.of(critical)), "sort", "time", "user"))
                .containsEntry("user", Role.PRIMARY);
        assertThat(among(new Roles(DEFAULTS, List.of(byDefault("*", Role.SECONDARY))), "sort", "time", "user"))
                .as("nothing loses by it")
                .isEqualTo(Map.of("time", Role.PRIMARY, "user", Role.SECONDARY));
    }
}
