package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Statement;
import dev.plumbline.core.annotation.Statements;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Track;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.threshold.Policies;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What people said of the changes of a history, as it holds now, and what checks say of its newest runs: the same for
 * whoever asks, be it a series, an incident or a period.
 */
final class Said {
    private final Workspace workspace;
    private final RunStore store;
    private final Acceptances acceptances;
    private final Triages triages;

    private Said(Workspace workspace, RunStore store, Acceptances acceptances, Triages triages) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.store = requireNonNull(store, "store");
        this.acceptances = acceptances;
        this.triages = triages;
    }

    static Said in(Workspace workspace, RunStore store) throws IOException {
        return new Said(workspace, store, Acceptances.of(workspace, store), Triages.of(workspace, store));
    }

    Acceptances acceptances() {
        return acceptances;
    }

    Triages triages() {
        return triages;
    }

    /** Whether all changes of which something was said were accepted after that. */
    boolean isAcceptedSince(Triage triage) {
        return !triage.subjects().isEmpty()
                && triage.subjects().stream().allMatch(subject -> acceptances
                        .of(subject, triages.timeline(subject.series().branch()))
                        .filter(one -> !one.at().isBefore(triage.at()))
                        .isPresent());
    }

    /** What was said of a change in the history: the last of what triage and acceptances say. */
    Statements of(Shift shift) {
        Statements triaged = triages.of(shift);
        return acceptances.of(shift).map(triaged::and).orElse(triaged);
    }

    /**
     * What was said of an incident: by its name, or of all that got worse in it and is still there, whichever was said
     * last.
     */
    Statements of(Incident incident) {
        Statements byName = triages.of(incident);
        List<Statements> each = incident.shifts().stream()
                .filter(shift -> shift.worse() && shift.recovery().isEmpty())
                .map(this::of)
                .toList();
        Comparator<Statement> order = Comparator.comparing(Statement::at).thenComparing(Statement::id);
        List<Statement> held = each.stream()
                .flatMap(one -> one.holding().stream())
                .sorted(order)
                .toList();
        Optional<Statement> broken = byName.broken()
                .or(() -> each.stream().flatMap(one -> one.broken().stream()).max(order));
        Statements whole = new Statements(byName.holding(), broken);
        if (held.isEmpty() || held.size() < each.size()) {
            return whole;
        }
        // of all of it something was said no sooner than with the oldest that holds of a part
        Instant since = held.get(0).at();
        Statement last = held.get(held.size() - 1);
        return new Statements(
                byName.holding()
                        .filter(one -> held.contains(one) || one.at().isAfter(since))
                        .or(() -> Optional.of(last)),
                broken.filter(one -> one.at().isAfter(since)));
    }

    /** What was said of single series of an incident. */
    Map<SeriesKey, Statement> ofSeries(Incident incident) {
        Map<SeriesKey, Statement> said = new HashMap<>();
        for (Shift shift : incident.shifts()) {
            if (shift.worse()) {
                of(shift).holding().ifPresent(one -> said.put(shift.key(), one));
            }
        }
        return said;
    }

    /** What was said of the changes for the worse of a series, by their places; nothing where nobody ever said any. */
    Map<Integer, Statements> of(Series series, Policies policies) {
        if (acceptances.areNone() && triages.latest().isEmpty()) {
            return Map.of();
        }
        Timeline timeline = triages.timeline(series.key().branch());
        Map<Integer, Statements> said = new HashMap<>();
        double margin = policies.of(series.key(), series.unit()).margin();
        Track.of(series, margin, timeline, acceptances.levels(series)).shifts().stream()
                .filter(Shift::worse)
                .forEach(shift -> said.put(shift.change().index(), of(shift)));
        return said;
    }

    /** How large those changes of a series were that people called false alarms. */
    Collection<Double> falseAlarms(SeriesKey key) {
        return triages.falseAlarms(key);
    }

    /**
     * The same regressions with the numbers that the check of their newest run tells, where it still tells them, and
     * with what was said of them; the largest first.
     */
    List<CalledRegression> called(
            List<CalledRegression> called, Function<SeriesKey, Series> seriesOf, Policies policies) throws IOException {
        Map<String, Map<SeriesKey, Finding>> judged = new HashMap<>();
        List<CalledRegression> told = new ArrayList<>();
        for (CalledRegression one : called) {
            List<Point> points = seriesOf.apply(one.key()).points();
            String newest = points.get(points.size() - 1).run().id();
            if (!judged.containsKey(newest)) {
                judged.put(newest, judge(newest, policies));
            }
            told.add(told(
                    one,
                    points.get(points.size() - 1).run(),
                    Optional.ofNullable(judged.get(newest).get(one.key()))));
        }
        told.sort(Comparator.<CalledRegression>comparingDouble(one -> -Math.abs(one.relativeChange()))
                .thenComparing(CalledRegression::key));
        return told;
    }

    private CalledRegression told(CalledRegression called, RunInfo newest, Optional<Finding> finding) {
        Optional<Finding> same = finding.filter(one -> one.verdict() instanceof Verdict.Regressed
                && one.since().equals(called.begun().header().revision().commit()));
        Statements triaged = triages.of(called, newest);
        Statements said = same.flatMap(Finding::statement).map(triaged::and).orElse(triaged);
        CalledRegression numbers = called.isFurther()
                ? called
                : same.flatMap(one -> one.verdict().effect())
                        .filter(effect -> Double.isFinite(effect.relativeChange()))
                        .map(called::with)
                        .orElse(called);
        return numbers.with(said);
    }

    /** The findings of a run, judged with its whole suite, as in a check. */
    private Map<SeriesKey, Finding> judge(String run, Policies policies) throws IOException {
        if (store.runs(RunQuery.all().withId(run)).isEmpty()) {
            return Map.of();
        }
        return new ExplainFindings(
                        workspace,
                        policies,
                        Optional.empty(),
                        workspace.configuration().baseline().use().value())
                .explain(new BenchmarkPattern("*"), Optional.of(run), store).findings().stream()
                        .collect(Collectors.toMap(Finding::key, Function.identity(), (first, second) -> first));
    }
}
