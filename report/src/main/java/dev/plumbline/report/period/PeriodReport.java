package dev.plumbline.report.period;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.Margins;
import dev.plumbline.report.Report;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.answer.NewestRun;
import dev.plumbline.report.content.MainMetricFirst;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report on stored series in a period.
 *
 * @param version the version of Plumbline that looked
 * @param title what was looked at, in words
 * @param since the beginning of the period
 * @param until its end
 * @param courses every series with a point in the period, with its whole history
 * @param policies the smallest change of each series worth reporting, and its severities
 * @param happened the incidents of the period, and the regressions that checks detected; empty if they were not
 *     requested
 * @param hasCases whether they were requested
 * @param elsewhere where nothing was measured in the period: when something was, and how to ask for it; may be empty
 */
public record PeriodReport(
        String version,
        String title,
        Instant since,
        Instant until,
        List<SeriesCourse> courses,
        Policies policies,
        Happened happened,
        boolean hasCases,
        String elsewhere) {
    /**
     * The events of a period.
     *
     * @param cases the incidents that began in it
     * @param earlier those that began before it and were still present, or were fixed in it or later
     * @param called regressions that checks detected and that are part of no incident, largest first
     * @param newest what a check of the newest run reports; empty where that is not in the period
     * @param authors the authors of the commits with which detected regressions began, as far as known
     */
    public record Happened(
            List<Case> cases,
            List<Case> earlier,
            List<CalledRegression> called,
            Optional<Report> newest,
            CommitAuthors authors) {
        /** No events. */
        public static final Happened NOTHING = new Happened(List.of(), List.of(), List.of());

        /** Without what the newest run shows. */
        public Happened(List<Case> cases, List<Case> earlier, List<CalledRegression> called) {
            this(cases, earlier, called, Optional.empty(), CommitAuthors.UNKNOWN);
        }

        public Happened {
            cases = List.copyOf(cases);
            earlier = List.copyOf(earlier);
            called = List.copyOf(called);
            requireNonNull(newest, "newest");
            requireNonNull(authors, "authors");
        }
    }

    public PeriodReport {
        requireNonNull(version, "version");
        requireNonNull(title, "title");
        requireNonNull(since, "since");
        requireNonNull(until, "until");
        requireNonNull(policies, "policies");
        requireNonNull(elsewhere, "elsewhere");
        requireNonNull(happened, "happened");
        courses = courses.stream()
                .filter(course ->
                        course.firstSince(since) < course.series().points().size())
                .sorted(Comparator.comparing(course -> course.series().key(), MainMetricFirst.ORDER))
                .toList();
    }

    /** Without incidents. */
    public PeriodReport(
            String version, String title, Instant since, Instant until, List<SeriesCourse> courses, Policies policies) {
        this(version, title, since, until, courses, policies, Happened.NOTHING, false, "");
    }

    /** The same with its incidents and the regressions that checks have detected. */
    public PeriodReport with(Happened others) {
        return new PeriodReport(version, title, since, until, courses, policies, others, true, elsewhere);
    }

    /** A series and the first run of a change in it. */
    private record Begun(SeriesKey key, String run) {}

    /** The triage of changes; open and recovered ones have none. */
    private Map<Begun, Case.State> triages() {
        Map<Begun, Case.State> triages = new HashMap<>();
        Stream.concat(cases().stream(), earlier().stream())
                .forEach(one -> one.incident().shifts().forEach(shift -> {
                    Case.State state = one.stated().getOrDefault(shift.key(), one.state());
                    if (isTriaged(state)) {
                        triages.put(new Begun(shift.key(), shift.firstRun().id()), state);
                    }
                }));
        return triages;
    }

    private static boolean isTriaged(Case.State state) {
        return switch (state) {
            case ACKNOWLEDGED, ACCEPTED, MUTED, FIXED, FALSE_ALARM -> true;
            case NEW, RECOVERED -> false;
        };
    }

    /** The series whose changes for the worse were all triaged in the period, with their triage. */
    public Map<SeriesCourse, Case.State> triaged() {
        Map<SeriesCourse, Case.State> triaged = new HashMap<>();
        Set<SeriesCourse> open = new HashSet<>();
        for (Event event : events()) {
            if (event.worse()) {
                event.triage()
                        .ifPresentOrElse(
                                state -> triaged.putIfAbsent(event.course(), state), () -> open.add(event.course()));
            }
        }
        triaged.keySet().removeAll(open);
        return triaged;
    }

    /** Notes on the newest run, where that is not the one with the latest date. */
    public List<String> orderNotes() {
        return SeriesWords.order(courses.stream().map(SeriesCourse::series).toList());
    }

    /** The runs that a page of it may name. */
    public Set<RunInfo> runs() {
        // by identity: series share the very objects of their runs
        Set<RunInfo> runs = Collections.newSetFromMap(new IdentityHashMap<>());
        courses.forEach(course -> course.series().points().forEach(point -> runs.add(point.run())));
        return runs;
    }

    private Policy policy(SeriesCourse course) {
        return policies.of(course.series().key(), course.series().unit());
    }

    /** The smallest change of a series that is reported. */
    public double margin(SeriesCourse course) {
        return policy(course).margin();
    }

    /** The series that checks judge: all but context metrics. */
    public List<SeriesCourse> judged() {
        return policies.roles().judged(courses, course -> course.series().key());
    }

    /** The margins of all series in words, such as "2 % (memory: 10 %)". */
    public String margins() {
        return new Margins(policies.general().margin())
                .withCourses(courses, this::margin)
                .words("");
    }

    /** The incidents that began in the period. */
    public List<Case> cases() {
        return happened.cases();
    }

    /** The incidents that began before it and were there when it did. */
    public List<Case> earlier() {
        return happened.earlier();
    }

    /** The report of a check of the newest run; empty where that is not in the period, or was not asked for. */
    Optional<Report> newestRun() {
        return happened.newest();
    }

    /** The reasons why the check of the newest run does not pass, besides regressions; empty where it does. */
    public List<GateStop> stops() {
        return stopped().map(NewestRun::stops).orElse(List.of());
    }

    /** The newest run, where it does not pass for a reason that the period itself does not show. */
    Optional<NewestRun> stopped() {
        return newestRun().flatMap(report -> {
            Set<SeriesKey> worse = worse();
            return NewestRun.of(
                    report,
                    reason -> NewestRun.isChangeOf(key -> worse.contains(key.on(Revision.DEFAULT_BRANCH)), reason));
        });
    }

    /**
     * The series that the period shows as worse, of no branch; not where that is accepted: more of it is another
     * change.
     */
    private Set<SeriesKey> worse() {
        return Stream.concat(
                        called().stream().map(CalledRegression::key),
                        Stream.concat(cases().stream(), earlier().stream())
                                .filter(one -> one.state() != Case.State.ACCEPTED)
                                .flatMap(one -> one.incident().shifts().stream())
                                .filter(shift ->
                                        shift.worse() && shift.recovery().isEmpty())
                                .map(Shift::key))
                .map(key -> key.on(Revision.DEFAULT_BRANCH))
                .collect(Collectors.toSet());
    }

    /** The regressions that a check has detected and no incident has, the largest first. */
    List<CalledRegression> called() {
        return happened.called();
    }

    /** The detected regressions by benchmark, each with its worst primary metric first; the largest first. */
    public List<CalledBenchmark> calledBenchmarks() {
        return CalledBenchmark.of(
                called(),
                policies.roles()
                        .among(Stream.concat(
                                        courses.stream()
                                                .map(course -> course.series().key()),
                                        called().stream().map(CalledRegression::key))
                                .distinct()
                                .toList()));
    }

    /** The authors of the commits with which those began. */
    public CommitAuthors authors() {
        return happened.authors();
    }

    /** The severity by the policy of its series. */
    public Severity severity(CalledRegression one) {
        return severities().apply(one);
    }

    /** The same, to be asked of one after the other. */
    public Function<CalledRegression, Severity> severities() {
        Map<SeriesKey, Series> byKey = new HashMap<>();
        courses.forEach(course -> byKey.putIfAbsent(course.series().key(), course.series()));
        return one -> Optional.ofNullable(byKey.get(one.key()))
                .map(series -> policies.of(series.key(), series.unit()))
                .orElse(policies.general())
                .severities()
                .of(Math.abs(one.relativeChange()));
    }

    /** The same with when something was measured and how to ask for it, for a period that is empty. */
    public PeriodReport elsewhere(String words) {
        return new PeriodReport(version, title, since, until, courses, policies, happened, hasCases, words);
    }

    /**
     * A confirmed step in the period.
     *
     * @param course of the series
     * @param step what changed
     * @param run the first run on the new level
     * @param worse whether it made things worse
     * @param severity of a change for the worse; {@link Severity#NONE} for the others
     * @param triage its triage as far as it still holds; empty if it is open
     */
    public record Event(
            SeriesCourse course,
            Step step,
            RunInfo run,
            boolean worse,
            Severity severity,
            Optional<Case.State> triage) {
        double size() {
            return Math.abs(step.relativeChange());
        }

        Instant time() {
            return run.time();
        }
    }

    /**
     * The confirmed steps of the period that are at least as large as the margin, newest first, and behind them those
     * for the worse that are triaged; none of a slope, and none of a context metric.
     */
    public List<Event> events() {
        List<Event> events = allEvents();
        events.removeIf(event -> event.course().isPartOfSlope(event.step()));
        events.sort(Comparator.comparing((Event event) -> event.triage().isPresent())
                .thenComparing(Event::time, Comparator.reverseOrder())
                .thenComparing(Event::size, Comparator.reverseOrder())
                .thenComparing(event -> event.course().series().key()));
        return events;
    }

    /** The number of steps of the period that are parts of slopes. */
    int partsOfSlopes() {
        return (int) allEvents().stream()
                .filter(event -> event.course().isPartOfSlope(event.step()))
                .count();
    }

    private List<Event> allEvents() {
        List<Event> events = new ArrayList<>();
        Map<Begun, Case.State> triages = triages();
        for (SeriesCourse course : judged()) {
            for (Step step : course.steps().steps()) {
                Point point = course.series().points().get(step.index());
                if (!point.run().time().isBefore(since) && Math.abs(step.relativeChange()) >= margin(course)) {
                    boolean worse = course.series().better().isWorse(step.relativeChange());
                    events.add(new Event(
                            course,
                            step,
                            point.run(),
                            worse,
                            worse ? policy(course).severities().of(Math.abs(step.relativeChange())) : Severity.NONE,
                            worse
                                    ? Optional.ofNullable(triages.get(new Begun(
                                            course.series().key(), point.run().id())))
                                    : Optional.empty()));
                }
            }
        }
        return events;
    }

    /** The state of a series compared with the beginning of the period. */
    public enum Standing {
        WORSE,
        BETTER,
        LEVEL,
        UNKNOWN
    }

    /** The change of a series in the period. */
    public Moved moved(SeriesCourse course) {
        return course.moved(since, margin(course));
    }

    public Standing standing(SeriesCourse course) {
        if (course.isTooShort()) {
            return Standing.UNKNOWN;
        }
        double margin = margin(course);
        double change = course.moved(since, margin).change();
        if (Math.abs(change) < margin) {
            return Standing.LEVEL;
        }
        return course.series().better().isWorse(change) ? Standing.WORSE : Standing.BETTER;
    }

    /** The judged series in this state, the largest change first. */
    public List<SeriesCourse> standing(Standing standing) {
        return judged().stream()
                .filter(course -> standing(course) == standing)
                .sorted(Comparator.<SeriesCourse>comparingDouble(
                                course -> -Math.abs(moved(course).change()))
                        .thenComparing(course -> course.series().key()))
                .toList();
    }

    /**
     * The state of a benchmark in one environment on one branch.
     *
     * @param standing the worst of its primary metrics
     * @param courses of its metrics, those that show the state first, worst first; without context
     */
    public record Benchmarked(Standing standing, List<SeriesCourse> courses) {}

    /** All benchmarks in the order of their names; one without primary metrics is represented by the others. */
    public List<Benchmarked> benchmarks() {
        Map<SeriesKey, Roles.Decision> roles = policies.roles()
                .among(courses.stream().map(course -> course.series().key()).toList());
        Map<List<Object>, List<SeriesCourse>> byPlace = new LinkedHashMap<>();
        for (SeriesCourse course : courses) {
            SeriesKey key = course.series().key();
            byPlace.computeIfAbsent(
                            List.of(key.benchmark(), key.environment(), key.branch()), place -> new ArrayList<>())
                    .add(course);
        }
        Function<SeriesCourse, Role> roleOf =
                course -> roles.get(course.series().key()).role();
        return byPlace.values().stream()
                .map(all -> {
                    Role first = all.stream()
                            .map(roleOf)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
                    List<SeriesCourse> reported = all.stream()
                            .filter(course -> first == Role.CONTEXT || roleOf.apply(course) != Role.CONTEXT)
                            .sorted(Comparator.comparing(roleOf)
                                    .thenComparing(this::standing)
                                    .thenComparing(
                                            course -> -Math.abs(moved(course).change())))
                            .toList();
                    return new Benchmarked(standing(reported.get(0)), reported);
                })
                .toList();
    }

    /** The given series without context metrics, by their benchmarks, in the order in which these first appear. */
    List<List<SeriesCourse>> byBenchmark(List<SeriesCourse> some) {
        Map<SeriesKey, Integer> owners = new HashMap<>();
        for (Benchmarked benchmark : benchmarks()) {
            int place = owners.size();
            benchmark.courses().forEach(course -> owners.put(course.series().key(), place));
        }
        Map<Integer, List<SeriesCourse>> groups = new LinkedHashMap<>();
        some.stream()
                .filter(course -> owners.containsKey(course.series().key()))
                .forEach(course -> groups.computeIfAbsent(
                                owners.get(course.series().key()), place -> new ArrayList<>())
                        .add(course));
        return List.copyOf(groups.values());
    }

    /** The series that are better, of benchmarks that are, the largest change first. */
    List<SeriesCourse> better() {
        Set<SeriesCourse> ofBetter = benchmarks().stream()
                .filter(one -> one.standing() == Standing.BETTER)
                .flatMap(one -> one.courses().stream())
                .collect(Collectors.toSet());
        return standing(Standing.BETTER).stream().filter(ofBetter::contains).toList();
    }

    /**
     * The series that are worse than they have been in the period, the farthest first, and behind them those that
     * people accept as they are; no context metrics.
     */
    public List<SeriesCourse> indebted() {
        Map<SeriesCourse, Case.State> triaged = triaged();
        return judged().stream()
                .filter(course ->
                        standing(course) != Standing.UNKNOWN && moved(course).debt() >= margin(course))
                .sorted(Comparator.<SeriesCourse, Boolean>comparing(triaged::containsKey)
                        .thenComparingDouble(course -> -moved(course).debt())
                        .thenComparing(course -> course.series().key()))
                .toList();
    }

    /** Steps for the worse and for the better in one week. */
    public record Week(LocalDate monday, int worse, int better) {}

    /** Every week of the period in UTC, from that of its first run to the last. */
    public List<Week> weeks() {
        TreeMap<LocalDate, int[]> counts = new TreeMap<>();
        LocalDate last = monday(until);
        for (LocalDate monday = monday(oldest()); !monday.isAfter(last); monday = monday.plusWeeks(1)) {
            counts.put(monday, new int[2]);
        }
        for (Event event : events()) {
            int[] week = counts.get(monday(event.time()));
            if (week != null) {
                week[event.worse() ? 0 : 1]++;
            }
        }
        List<Week> weeks = new ArrayList<>();
        counts.forEach((monday, count) -> weeks.add(new Week(monday, count[0], count[1])));
        return weeks;
    }

    private static LocalDate monday(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** The oldest run of the period. */
    private Instant oldest() {
        return courses.stream()
                .map(course -> course.series()
                        .points()
                        .get(course.firstSince(since))
                        .run()
                        .time())
                .min(Comparator.naturalOrder())
                .orElse(since);
    }

    /** The newest run of all series; every series has one. */
    Instant newest() {
        return courses.stream()
                .map(course -> course.series()
                        .points()
                        .get(course.series().points().size() - 1)
                        .run()
                        .time())
                .max(Comparator.naturalOrder())
                .orElse(until);
    }
}
