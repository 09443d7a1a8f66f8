package dev.plumbline.report.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledBenchmarkTest {
    private static final SeriesKey TIME = Examples.key("Sort.quick", "time");
    private static final SeriesKey CPU = Examples.key("Sort.quick", "cpu");
    private static final SeriesKey COUNT = Examples.key("Sort.quick", "gc.count");
    private static final SeriesKey OTHER = Examples.key("Sort.merge", "time");

    private static final Map<SeriesKey, Roles.Decision> ROLES = Map.of(
            TIME, role(Role.PRIMARY), CPU, role(Role.PRIMARY), COUNT, role(Role.SECONDARY), OTHER, role(Role.PRIMARY));

    private static Roles.Decision role(Role role) {
        return new Roles.Decision(role, Optional.empty(), false);
    }

    private static CalledRegression called(SeriesKey key, double after) {
        RunInfo run = Examples.run(9, "abcdef0123456789");
        return new CalledRegression(key, 9, run, 100, after, run, Annotated.NONE);
    }

    @Test
    void a_benchmark_is_told_once_by_its_worst_primary_metric_with_its_others_behind_it() {
        List<CalledBenchmark> benchmarks = CalledBenchmark.of(
                List.of(called(COUNT, 300), called(OTHER, 115), called(CPU, 110), called(TIME, 120)), ROLES);

        assertThat(benchmarks)
                .extracting(one -> one.words(new CommitAuthors(Map.of("abcdef0123456789", "Ann"))))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("Sort.quick time +20.0 % with commit abcdef0123")
                                .endsWith(" by Ann; also its cpu +10.0 %, gc.count +200.0 %"),
                        second -> assertThat(second)
                                .startsWith("Sort.merge time +15.0 %")
                                .doesNotContain("also"));
        assertThat(benchmarks).allMatch(CalledBenchmark::isOpen);
        String id = benchmarks.get(0).head().findingId();
        assertThat(benchmarks.get(0).next())
                .isEqualTo("plumb explain " + id + " · intended: plumb accept " + id + " --reason WHY");
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED,true", "MUTED,true", "FIXED,true", "ACCEPTED,false", "FALSE_ALARM,false"})
    void a_known_one_waits_for_its_fix_unless_it_is_intended_or_none(Annotation.Kind kind, boolean waits) {
        Annotation stated = Annotation.of(
                kind,
                new Annotation.Origin("a1", "Ann", Instant.EPOCH, ""),
                kind == Annotation.Kind.MUTED ? Optional.of(Instant.MAX) : Optional.empty(),
                kind == Annotation.Kind.FIXED ? "abc" : "");
        CalledRegression open = called(TIME, 120);

        CalledBenchmark known = CalledBenchmark.of(List.of(open.with(Annotated.NONE.then(stated))), ROLES)
                .get(0);

        assertThat(known.waits()).isEqualTo(waits);
        assertThat(CalledBenchmark.of(List.of(open), ROLES).get(0).waits()).isFalse();
    }
}
