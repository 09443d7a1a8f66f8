package dev.plumbline.report.period;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.FisherF;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.IncidentJson;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.content.Slope;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.json.CalledJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The balance of a period: what got faster, slower and noisier, what was fixed, what is open, and the performance debt,
 * which is the sum over all series of their losses since it began.
 */
public final class Balance {
    /** The number of values on each side that show whether a series got noisier. */
    private static final int LEAST_VALUES = 20;

    private static final int MOST_VALUES = 200;

    /** A series got noisier when its noise grew by this factor, and when chance would do that once in a thousand. */
    private static final double NOISIER = 1.5;

    private static final double CHANCE = 0.001;

    private static final int NAMED = 3;

    private static final double CONFIDENCE = 0.95;

    private final PeriodReport periodReport;

    public Balance(PeriodReport periodReport) {
        this.periodReport = periodReport;
    }

    /**
     * A sum of losses, in relation to the levels at the beginning: 0.12 is one series that is 12 % worse, or six that
     * are 2 % worse.
     *
     * @param series how many are worse by the margin or more
     * @param total of all of them
     * @param interval of that, with at least 95 % confidence: from the sum of the lower ends to the sum of the upper
     *     ends of all changes, which holds however much of their error the series share; unbounded where one is
     * @param accepted the accepted part of it
     * @param known changes that are acknowledged, muted, promised to be fixed or false alarms
     * @param unnoticed the rest
     * @param acceptedSeries how many of the series are explained by what is accepted, up to their margins
     * @param knownSeries how many by what is known, or by both and mostly by that
     */
    record Debt(
            int series,
            double total,
            Interval interval,
            double accepted,
            double known,
            double unnoticed,
            int acceptedSeries,
            int knownSeries) {}

    Debt debt() {
        Map<SeriesKey, double[]> stated = new HashMap<>();
        for (Case one : periodReport.cases()) {
            for (Shift shift : one.incident().shifts()) {
                if (shift.worse() && Double.isFinite(shift.left())) {
                    int part =
                            switch (one.stateOf(shift.key())) {
                                case ACCEPTED -> 0;
                                case ACKNOWLEDGED, MUTED, FIXED, FALSE_ALARM -> 1;
                                case NEW, RECOVERED -> 2;
                            };
                    // what came on top of it is another change's
                    double own = Math.min(
                            Math.abs(shift.left()), Math.abs(shift.change().relativeChange()));
                    stated.computeIfAbsent(shift.key(), key -> new double[3])[part] +=
                            own * Math.abs(shift.change().before());
                }
            }
        }
        int count = 0;
        double total = 0;
        double low = 0;
        double high = 0;
        double accepted = 0;
        double known = 0;
        int acceptedSeries = 0;
        int knownSeries = 0;
        for (SeriesCourse course : periodReport.standing(PeriodReport.Standing.WORSE)) {
            Moved moved = periodReport.moved(course);
            double loss = Math.abs(moved.change());
            if (Double.isFinite(loss)) {
                double[] parts = stated.getOrDefault(course.series().key(), new double[3]);
                double start = Math.abs(moved.before());
                double ofThat = Math.min(loss, start == 0 ? 0 : parts[0] / start);
                count++;
                total += loss;
                Interval interval = moved.changeInterval().orElse(Interval.unbounded(CONFIDENCE));
                boolean rises = moved.change() > 0;
                low += rises ? interval.low() : -interval.high();
                high += rises ? interval.high() : -interval.low();
                double knownOfThat = Math.min(loss - ofThat, start == 0 ? 0 : parts[1] / start);
                accepted += ofThat;
                known += knownOfThat;
                if (loss - ofThat - knownOfThat < periodReport.margin(course)) {
                    acceptedSeries += ofThat > knownOfThat ? 1 : 0;
                    knownSeries += ofThat > knownOfThat ? 0 : 1;
                }
            }
        }
        return new Debt(
                count,
                total,
                new Interval(low, high, CONFIDENCE),
                accepted,
                known,
                total - accepted - known,
                acceptedSeries,
                knownSeries);
    }

    /** A series whose noise grew, by which factor, with the interval of that from Fisher's F. */
    record Noisier(SeriesCourse course, double factor, Interval interval) {}

    /** The series by growth of noise, largest first. */
    List<Noisier> noisier() {
        return periodReport.judged().stream()
                .flatMap(course -> noisier(course).stream())
                .sorted(Comparator.<Noisier>comparingDouble(one -> -one.factor)
                        .thenComparing(one -> one.course.series().key()))
                .toList();
    }

    /**
     * Whether a series scatters more from run to run in the period than before. Neighbours are compared, because on a
     * slope the values deviate from any level; their differences carry as much information as two thirds of the values.
     */
    private Optional<Noisier> noisier(SeriesCourse course) {
        double[] residuals = course.residuals();
        int first = course.firstSince(periodReport.since());
        double[] before = differences(residuals, 0, first);
        double[] within = differences(residuals, first, residuals.length);
        if (before.length + 1 < LEAST_VALUES || within.length + 1 < LEAST_VALUES) {
            return Optional.empty();
        }
        double old = Spread.winsorisedDeviation(before);
        double ratio = Spread.winsorisedDeviation(within) / old;
        int degrees = within.length * 2 / 3;
        int degreesBefore = before.length * 2 / 3;
        return old > 0 && ratio >= NOISIER && FisherF.survival(ratio * ratio, degrees, degreesBefore) < CHANCE
                ? Optional.of(new Noisier(course, ratio, factors(ratio, degrees, degreesBefore)))
                : Optional.empty();
    }

    /** From each finite value of a stretch to the next, of the newest {@value #MOST_VALUES} at most. */
    private static double[] differences(double[] residuals, int from, int to) {
        double[] values = SeriesCourse.finite(residuals, Math.max(from, to - MOST_VALUES), to);
        double[] differences = new double[Math.max(0, values.length - 1)];
        Arrays.setAll(differences, i -> values[i + 1] - values[i]);
        return differences;
    }

    /** The series that got worse along a line and not in a step, the steepest first. */
    List<SeriesCourse> slopes() {
        return periodReport.judged().stream()
                .filter(course -> !course.isTooShort() && getsWorse(course))
                .sorted(Comparator.<SeriesCourse>comparingDouble(course -> -Math.abs(slope(course)))
                        .thenComparing(course -> course.series().key()))
                .toList();
    }

    private boolean getsWorse(SeriesCourse course) {
        return periodReport
                .moved(course)
                .slope()
                .map(slope -> course.series().better().isWorse(slope.change()))
                .orElse(false);
    }

    private double slope(SeriesCourse course) {
        return periodReport.moved(course).slope().map(Slope::change).orElse(0.0);
    }

    private static Interval factors(double ratio, int degrees, int degreesBefore) {
        double tail = (1 - CONFIDENCE) / 2;
        return new Interval(
                ratio / Math.sqrt(FisherF.upperQuantile(tail, degrees, degreesBefore)),
                ratio / Math.sqrt(FisherF.upperQuantile(1 - tail, degrees, degreesBefore)),
                CONFIDENCE);
    }

    /** The incidents for the worse of the period. */
    List<Case> slower() {
        return worse(periodReport.cases());
    }

    private static List<Case> worse(List<Case> cases) {
        return reported(
                cases,
                one -> one.incident().worse()
                        && one.incident().kind() != Incident.Kind.NOISE
                        && one.state() != Case.State.FALSE_ALARM);
    }

    List<Case> faster() {
        return reported(
                periodReport.cases(),
                one -> !one.incident().worse() && one.incident().kind() != Incident.Kind.NOISE);
    }

    /** The incidents for the worse of the period or before it that were present in it. */
    private List<Case> present() {
        return worse(Stream.concat(periodReport.cases().stream(), periodReport.earlier().stream())
                .toList());
    }

    /** Whether everything was back when the period ended. */
    private boolean isBack(Case one) {
        return one.incident()
                .recoveredAt()
                .filter(at -> !at.isAfter(periodReport.until()))
                .isPresent();
    }

    /** The incidents fixed in the period, whenever they began: everything is back. */
    List<Case> fixed() {
        return present().stream().filter(this::isBack).toList();
    }

    /** The incidents still present when the period ended, whenever they began, triaged or not. */
    private List<Case> remaining() {
        return present().stream().filter(one -> !isBack(one)).toList();
    }

    /** The ones without a triage. */
    List<Case> open() {
        return remaining().stream()
                .filter(one -> switch (one.state()) {
                    case NEW, RECOVERED -> true;
                    case ACKNOWLEDGED, MUTED, ACCEPTED, FIXED, FALSE_ALARM -> false;
                })
                .toList();
    }

    /** The ones that are acknowledged, muted, accepted or promised to be fixed, by these words. */
    Map<String, List<Case>> triaged() {
        List<Case> open = open();
        return remaining().stream()
                .filter(one -> !open.contains(one))
                .collect(Collectors.groupingBy(IncidentWords::state, TreeMap::new, Collectors.toUnmodifiableList()));
    }

    /** Whether a present loss still has to be fixed: all but accepted ones. */
    boolean waits() {
        return triaged().values().stream().flatMap(List::stream).anyMatch(one -> one.state() != Case.State.ACCEPTED)
                || periodReport.calledBenchmarks().stream().anyMatch(CalledBenchmark::waits);
    }

    /** The number of open and of triaged incidents: {@code 3 open, 1 acknowledged}; empty where there is none. */
    public String openWords() {
        List<String> parts = new ArrayList<>();
        List<Case> open = open();
        if (!open.isEmpty()) {
            parts.add(open.size() + " open" + earlier(open));
        }
        states().forEach((state, count) -> parts.add(count + " " + state));
        long called = periodReport.calledBenchmarks().stream()
                .filter(CalledBenchmark::isOpen)
                .count();
        if (called > 0) {
            parts.add(called + " detected by a check");
        }
        return String.join(", ", parts);
    }

    /** The number of triaged incidents by kind of triage, with the regressions that no incident has yet. */
    Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        triaged().forEach((state, cases) -> states.put(state, cases.size()));
        periodReport.calledBenchmarks().stream()
                .flatMap(one -> one.head().stated().stream())
                .forEach(stated -> states.merge(TriageWords.state(stated.kind()), 1, Integer::sum));
        return states;
    }

    /** The number of incidents that began before the period; empty where none did. */
    private String earlier(List<Case> cases) {
        long earlier = cases.stream().filter(periodReport.earlier()::contains).count();
        return earlier == 0 ? "" : ", " + (earlier == cases.size() ? "" : earlier + " ") + "from before the period";
    }

    private static List<Case> reported(List<Case> cases, Predicate<Case> wanted) {
        return cases.stream()
                .filter(one -> !one.incident().isSlight())
                .filter(wanted)
                .sorted(Comparator.<Case>comparingDouble(one ->
                                -Math.abs(IncidentWords.reported(one).change().relativeChange()))
                        .thenComparing(one -> one.incident().id()))
                .toList();
    }

    /** One sentence for each of what got worse and better, was fixed, is open and is triaged, with numbers. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        List<Case> slower = slower();
        add("got worse", slower, sentences);
        add("got better", faster(), sentences);
        add("fixed or recovered", fixed(), sentences);
        // the same incidents need not be named twice
        if (open().equals(slower) && slower.size() > 1) {
            sentences.add("open: all " + slower.size() + " of these");
        } else if (!open().equals(slower)) {
            add("open", open(), sentences);
        }
        triaged()
                .forEach((state, cases) -> sentences.add(state + ": "
                        + Words.count(cases.size(), "incident", "incidents") + earlier(cases)
                        + cases.stream().limit(NAMED).map(Balance::triage).collect(Collectors.joining("; ", ": ", ""))
                        + more(cases.size(), "; ")));
        addCalled(
                "open too",
                " detected by a check, not yet confirmed by the history",
                periodReport.calledBenchmarks().stream()
                        .filter(CalledBenchmark::isOpen)
                        .toList(),
                sentences);
        addCalled(
                "known",
                " detected by a check, not yet confirmed by the history, and triaged",
                periodReport.calledBenchmarks().stream()
                        .filter(one -> !one.isOpen())
                        .toList(),
                sentences);
        gradual().ifPresent(sentences::add);
        List<Noisier> noisier = noisier();
        if (!noisier.isEmpty()) {
            sentences.add(noisier(noisier));
        }
        Debt debt = debt();
        if (debt.series == 0) {
            return sentences;
        }
        List<SeriesCourse> worse = periodReport.standing(PeriodReport.Standing.WORSE);
        sentences.add("performance debt: " + Words.count(debt.series, "series is", "series are")
                + " worse than when the period began"
                + worse.stream()
                        .limit(NAMED)
                        .map(one -> CourseWords.name(one, periodReport) + " " + CourseWords.moved(one, periodReport))
                        .collect(Collectors.joining(", ", ": ", ""))
                + more(worse.size(), ", ") + "; " + parts(debt));
        return sentences;
    }

    /** {@code i1828b8d3 (Json.read time, +45.1 %): acknowledged by Ada on 2026-11-28: ticket 12}. */
    private static String triage(Case one) {
        Annotated annotated = new Annotated(one.statement(), one.broken());
        return one.incident().id() + " (" + IncidentWords.subject(one) + ", "
                + IncidentWords.size(one) + ")"
                + (annotated.equals(Annotated.NONE) ? "" : ": " + TriageWords.stated(annotated));
    }

    /** The remarks beside incidents: series that got worse gradually or noisier; empty where there is none. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        gradual().ifPresent(remarks::add);
        List<Noisier> noisier = noisier();
        if (!noisier.isEmpty()) {
            remarks.add(noisier(noisier));
        }
        return remarks;
    }

    private Optional<String> gradual() {
        List<SeriesCourse> slopes = slopes();
        return slopes.isEmpty()
                ? Optional.empty()
                : Optional.of("gradual: " + Words.count(slopes.size(), "series", "series")
                        + " got worse gradually, without a change point"
                        + slopes.stream()
                                .limit(NAMED)
                                .map(one -> CourseWords.name(one, periodReport) + " " + Quantity.change(slope(one)))
                                .collect(Collectors.joining(", ", ": ", ""))
                        + more(slopes.size(), ", "));
    }

    private String noisier(List<Noisier> noisier) {
        return "noisier: " + Words.count(noisier.size(), "series", "series")
                + noisier.stream()
                        .limit(NAMED)
                        .map(one -> CourseWords.name(one.course, periodReport) + " by a factor of "
                                + Quantity.plain(one.factor, 2) + " (" + Quantity.plain(one.interval.low(), 2) + " to "
                                + Quantity.plain(one.interval.high(), 2) + ")")
                        .collect(Collectors.joining(", ", ", ", ""))
                + more(noisier.size(), ", ");
    }

    /** The number of series by triage: {@code 2 not triaged, 1 acknowledged or muted, 1 accepted}. */
    private static String parts(Debt debt) {
        if (debt.series == 1 && debt.acceptedSeries + debt.knownSeries == 0 && debt.unnoticed < debt.total) {
            return (debt.accepted > 0 ? Percent.of(debt.accepted) + " accepted, " : "")
                    + (debt.known > 0 ? Percent.of(debt.known) + " acknowledged or muted, " : "")
                    + Percent.of(debt.unnoticed) + " not triaged";
        }
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("not triaged", debt.series - debt.acceptedSeries - debt.knownSeries);
        parts.put("acknowledged or muted", debt.knownSeries);
        parts.put("accepted", debt.acceptedSeries);
        parts.values().removeIf(part -> part == 0);
        return parts.entrySet().stream()
                .map(part -> (parts.size() > 1 ? part.getValue() + " " : "") + part.getKey())
                .collect(Collectors.joining(", "));
    }

    private void add(String what, List<Case> cases, List<String> sentences) {
        if (cases.isEmpty()) {
            return;
        }
        sentences.add(what + ": " + Words.count(cases.size(), "incident", "incidents") + earlier(cases)
                + cases.stream()
                        .limit(NAMED)
                        .map(one -> one.incident().id() + " (" + IncidentWords.subject(one) + ", "
                                + IncidentWords.size(one)
                                + author(one)
                                + (one.incident().kind() == Incident.Kind.COST_SHIFT ? ", cost shift" : "")
                                + (one.incident().worse() ? ", " + state(one) : "") + ")")
                        .collect(Collectors.joining("; ", ": ", ""))
                + more(cases.size(), "; "));
    }

    private static String author(Case one) {
        String author = IncidentWords.author(one);
        return author.isEmpty() ? "" : ", " + author;
    }

    /** The state of an incident; one that recovered only after the period was open in it. */
    private String state(Case one) {
        return IncidentWords.state(one)
                + (one.state() == Case.State.RECOVERED && !isBack(one) ? " since" : "")
                + one.broken()
                        .map(promise -> ", " + TriageWords.broken(promise))
                        .orElse("");
    }

    private void addCalled(String what, String how, List<CalledBenchmark> called, List<String> sentences) {
        if (!called.isEmpty()) {
            sentences.add(what + ": " + Words.count(called.size(), "regression", "regressions") + how + ": "
                    + called.stream().limit(NAMED).map(this::called).collect(Collectors.joining("; "))
                    + more(called.size(), "; "));
        }
    }

    /**
     * The words for a detected regression, with its severity, and the command that shows it where it is not triaged.
     */
    private String called(CalledBenchmark one) {
        return one.words(periodReport.authors()) + " (" + Words.lower(periodReport.severity(one.head())) + ")"
                + (one.isOpen() ? ", plumb explain " + one.head().findingId() : "");
    }

    /** {@code ; and 4 more}; nothing where all are named. */
    public static String more(int all, String separator) {
        return all > NAMED ? separator + "and " + (all - NAMED) + " more" : "";
    }

    void write(JsonText json) {
        json.array("incidents", periodReport.cases(), one -> json.object(() -> IncidentJson.write(one, json)));
        json.array(
                "earlier",
                present().stream().filter(periodReport.earlier()::contains).toList(),
                one -> json.object(() -> IncidentJson.write(one, json)));
        json.array("called", periodReport.called(), one -> json.object(() -> CalledJson.write(one, json)));
        json.array(
                "noisier",
                noisier(),
                one -> json.object(() -> {
                    json.series(one.course.series().key());
                    json.number("factor", one.factor);
                    json.numbers("interval", one.interval.low(), one.interval.high());
                }));
        json.array(
                "slopes",
                slopes(),
                one -> json.object(() -> {
                    json.series(one.series().key());
                    json.number("relativeChange", slope(one));
                }));
        Debt debt = debt();
        json.object("debt", () -> {
            json.integer("series", debt.series);
            json.number("total", debt.total);
            if (Double.isFinite(debt.interval.width())) {
                json.numbers("interval", debt.interval.low(), debt.interval.high());
            } else {
                json.nothing("interval");
            }
            json.number("accepted", debt.accepted);
            json.number("known", debt.known);
            json.number("unnoticed", debt.unnoticed);
        });
    }
}
