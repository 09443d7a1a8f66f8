package dev.plumbline.report.json;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.Report;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.NamedNumber;
import dev.plumbline.report.evidence.Quotation;
import dev.plumbline.report.evidence.QuotedCause;
import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report read back from the JSON that {@link JsonReport} wrote, from any source: its texts are untrusted like the
 * name of a benchmark, and follow the same rules.
 *
 * <p>A run comes back with the environment's key in place of its facts, and the policy without floors; neither is in
 * the JSON. Everything else comes back as it was written.
 */
public final class StoredReport {
    /** A file that is larger is none of ours: a report of 10,000 series takes some 30 million bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MOST_FINDINGS = 200_000;

    private StoredReport() {}

    /**
     * Reads a report.
     *
     * @param in is read completely and left open
     * @throws IOException if it is not a report, is truncated, too large, or has impossible content; the message
     *     describes the problem without naming a file
     */
    public static Report read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("is larger than " + (MAX_BYTES >> 20) + " MiB, too large for a report");
        }
        JsonValue json = JsonValue.read(new java.io.ByteArrayInputStream(bytes));
        String schema = json.get("schema").text().orElse("");
        if (!schema.equals(JsonReport.SCHEMA)) {
            throw new IOException(
                    "is not a report in the format " + JsonReport.SCHEMA + "; create one with plumb" + " check --json");
        }
        try {
            return report(json);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("is not a report written by plumb: " + e.getMessage(), e);
        }
    }

    private static Report report(JsonValue json) {
        List<JsonValue> findings = json.get("findings").elements();
        if (findings.size() > MOST_FINDINGS) {
            throw new IllegalArgumentException(findings.size() + " findings are too many");
        }
        return new Report(
                        text(json, "version"),
                        constant(Report.Kind.class, json, "kind"),
                        all(json.get("candidates"), StoredReport::run),
                        text(json, "base"),
                        all(json.get("findings"), one -> finding(one, policy(json.get("policy")))),
                        all(json.get("missing"), StoredReport::missing),
                        gate(json.get("gate")).withSecondary(secondary(json)),
                        all(json.get("problems"), one -> new Problem(text(one, "where"), text(one, "what"))),
                        texts(json.get("notes")),
                        policy(json.get("policy")))
                .withOdd(Optional.of(json.get("odd"))
                        .filter(odd -> !odd.isNothing())
                        .map(odd -> text(json, "odd")))
                .withContext(all(
                        json.get("context"),
                        one -> new ContextMetric(key(one), Unit.of(text(one, "unit")), number(one, "value"))));
    }

    /** The secondary series; reports of earlier versions have no roles, so that all metrics are primary there. */
    private static Set<SeriesKey> secondary(JsonValue json) {
        return Stream.of("findings", "missing")
                .flatMap(name -> json.get(name).elements().stream())
                .filter(one -> one.get("role")
                        .text()
                        .filter(Role.SECONDARY.name()::equals)
                        .isPresent())
                .map(StoredReport::key)
                .collect(Collectors.toSet());
    }

    private static GateDecision gate(JsonValue json) {
        return new GateDecision(
                constant(GateDecision.State.class, json, "state"),
                all(
                        json.get("ladder"),
                        reason -> new GateReason(
                                constant(GatePolicy.Effect.class, reason, "effect"),
                                constant(GateReason.Kind.class, reason, "kind"),
                                text(reason, "series"),
                                text(reason, "id"),
                                new QuotedCause(text(reason, "words"), facts(reason)))));
    }

    /** The facts of a reason; reports of earlier versions have none. */
    private static CauseFacts facts(JsonValue reason) {
        JsonValue other = reason.get("otherSide");
        return new CauseFacts(
                reason.get("muted").isTrue(),
                optional(reason, "change"),
                reason.get("evidence").text().orElse(""),
                reason.get("elsewhere").text(),
                other.get("words")
                        .text()
                        .map(words ->
                                new CauseFacts.OtherSide(words, other.get("jvm").isTrue())),
                reason.get("remedy").text());
    }

    private static Policy policy(JsonValue json) {
        JsonValue severities = json.get("severities");
        return new Policy(
                number(json, "margin"),
                new Severities(
                        number(severities, "minor"), number(severities, "major"), number(severities, "critical")),
                number(json, "confidence"),
                number(json, "suiteErrorRate"),
                (int) number(json, "minimumRuns"));
    }

    /** As sentences; the warning that runs lie apart keeps its values. */
    private static List<Warning> warnings(JsonValue json) {
        List<Double> values = all(json.get("runValues"), one -> one.number().orElse(Double.NaN));
        Warning apart = new Warning.RunsApart(values, Unit.of(text(json, "unit")));
        String words = WarningWords.WORDS.of(apart);
        return texts(json.get("warnings")).stream()
                .map(text -> !values.isEmpty() && text.equals(words) ? apart : new Warning.Text(text))
                .toList();
    }

    private static Finding finding(JsonValue json, Policy policy) {
        Severity severity = constant(Severity.class, json, "severity");
        return new Finding(
                key(json),
                Unit.of(text(json, "unit")),
                constant(Better.class, json, "better"),
                policy,
                verdict(json),
                severity,
                optional(json, "candidate"),
                Optional.of(json.get("baseline"))
                        .filter(one -> !one.isNothing())
                        .map(StoredReport::baseline),
                optional(json, "pValue"),
                optional(json, "detectableChange"),
                json.get("since").text().orElse(""),
                all(json.get("ladder"), StoredReport::rung),
                warnings(json),
                all(json.get("history"), one -> one.number().orElse(Double.NaN)),
                Optional.of(json.get("statement"))
                        .filter(one -> !one.isNothing())
                        .map(StoredReport::statement),
                Optional.of(json.get("alreadyOpen"))
                        .filter(one -> !one.isNothing())
                        .map(open -> new AlreadyOpen(
                                text(open, "branch"),
                                text(open, "commit"),
                                open.get("incident").text(),
                                open.get("sure").isNothing() || open.get("sure").isTrue(),
                                open.get("fixed").text(),
                                optional(open, "change"))));
    }

    private static Annotation statement(JsonValue json) {
        return Annotation.of(
                constant(Annotation.Kind.class, json, "state"),
                new Annotation.Origin(
                        text(json, "id"), text(json, "by"), Instant.parse(text(json, "at")), text(json, "reason")),
                json.get("until").text().map(Instant::parse),
                json.get("fixedBy").text().orElse(""));
    }

    private static Optional<Missing.Moved> moved(JsonValue json) {
        return json.isNothing()
                ? Optional.empty()
                : Optional.of(new Missing.Moved(
                        text(json, "metric"),
                        optional(json, "relativeChange").orElse(Double.NaN),
                        Unit.of(json.get("unit").text().orElse("")),
                        constant(Better.class, json, "better")));
    }

    private static Missing missing(JsonValue json) {
        return new Missing(
                key(json),
                !json.get("what").text().orElse("").equals("METRIC"),
                Optional.of(json.get("renamed"))
                        .filter(now -> !now.isNothing())
                        .map(now -> new Missing.Renamed(
                                benchmark(now), text(now, "from"), text(now, "into"), moved(now.get("moved")))),
                Optional.of(json.get("mode"))
                        .filter(now -> !now.isNothing())
                        .map(now -> new Missing.OtherMode(benchmark(now), text(now, "before"), text(now, "now"))),
                Optional.of(json.get("unit"))
                        .filter(now -> !now.isNothing())
                        .map(now -> new Missing.OtherUnit(
                                text(now, "metric"),
                                Unit.of(now.get("before").text().orElse("")),
                                Unit.of(now.get("now").text().orElse("")),
                                now.get("turned").isTrue())),
                json.get("sure").isNothing() || json.get("sure").isTrue(),
                json.get("since").text().orElse(""));
    }

    private static SeriesKey key(JsonValue json) {
        return new SeriesKey(benchmark(json), text(json, "metric"), text(json, "environment"), text(json, "branch"));
    }

    private static Benchmark benchmark(JsonValue json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        json.get("parameters")
                .members()
                .forEach((name, value) -> parameters.put(name, value.text().orElse("")));
        return Benchmark.of(text(json, "benchmark"), parameters);
    }

    private static Verdict verdict(JsonValue json) {
        Optional<Effect> effect =
                Optional.of(json.get("effect")).filter(one -> !one.isNothing()).map(StoredReport::effect);
        return switch (constant(Verdict.Kind.class, json, "verdict")) {
            case REGRESSED -> new Verdict.Regressed(needed(effect));
            case IMPROVED -> new Verdict.Improved(needed(effect));
            case UNCHANGED -> new Verdict.Unchanged(needed(effect));
            case INCONCLUSIVE ->
                new Verdict.Inconclusive(
                        reason(json), json.get("suspect").isTrue(), runs(json.get("runsNeeded")), effect);
            case NOT_COMPARABLE -> new Verdict.NotComparable(reason(json));
        };
    }

    /** The words, with the name of the check that decided, on which missing details depend. */
    private static Quotation reason(JsonValue json) {
        String name = json.get("ladder").elements().stream()
                .filter(rung -> rung.get("outcome")
                        .text()
                        .filter(Rung.Outcome.DECIDED.name()::equals)
                        .isPresent())
                .flatMap(rung -> rung.get("name").text().stream())
                .findFirst()
                .orElse("");
        return new Quotation(name, text(json, "reason"), List.of());
    }

    private static Effect needed(Optional<Effect> effect) {
        return effect.orElseThrow(() -> new IllegalArgumentException("a verdict without its change"));
    }

    private static OptionalInt runs(JsonValue json) {
        OptionalLong runs = json.integer();
        return runs.isPresent() && runs.getAsLong() >= 0 && runs.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) runs.getAsLong())
                : OptionalInt.empty();
    }

    private static Effect effect(JsonValue json) {
        return new Effect(
                number(json, "before"),
                number(json, "after"),
                number(json, "relativeChange"),
                interval(json.get("interval")));
    }

    private static Interval interval(JsonValue json) {
        return new Interval(number(json, "low"), number(json, "high"), number(json, "confidence"));
    }

    /** The interval of a baseline's deviation; reports of earlier versions have none. */
    private static Interval deviationInterval(JsonValue baseline) {
        JsonValue interval = baseline.get("deviationInterval");
        return interval.members().isEmpty() ? Interval.unbounded(0.95) : interval(interval);
    }

    private static Baseline baseline(JsonValue json) {
        return new Baseline(
                (int) number(json, "runs"),
                number(json, "level"),
                number(json, "deviation"),
                deviationInterval(json),
                interval(json.get("interval")),
                run(json.get("first")),
                run(json.get("last")));
    }

    private static Rung rung(JsonValue json) {
        return new Rung(
                constant(Rung.Outcome.class, json, "outcome"),
                new Quotation(text(json, "name"), text(json, "words"), all(json.get("numbers"), StoredReport::named)));
    }

    private static NamedNumber named(JsonValue json) {
        return new NamedNumber(text(json, "name"), number(json, "value"));
    }

    private static RunInfo run(JsonValue json) {
        Optional<Instant> measuredAt = json.get("measuredAt").text().map(Instant::parse);
        return new RunInfo(
                text(json, "id"),
                new RunHeader(
                        new Revision(
                                text(json, "commit"),
                                text(json, "branch"),
                                json.get("commitTime").text().map(Instant::parse),
                                json.get("position").integer()),
                        Environment.unknown().named(text(json, "environment")),
                        measuredAt,
                        measuredAt.orElse(Instant.EPOCH),
                        Collections.emptySortedMap()));
    }

    private static <T> List<T> all(JsonValue json, java.util.function.Function<JsonValue, T> reader) {
        List<T> all = new ArrayList<>();
        json.elements().forEach(one -> all.add(reader.apply(one)));
        return all;
    }

    private static List<String> texts(JsonValue json) {
        return all(json, one -> one.text().orElse(""));
    }

    private static String text(JsonValue json, String name) {
        return json.get(name)
                .text()
                .orElseThrow(() -> new IllegalArgumentException("the text \"" + name + "\" is missing"));
    }

    private static double number(JsonValue json, String name) {
        return optional(json, name)
                .orElseThrow(() -> new IllegalArgumentException("the number \"" + name + "\" is missing"));
    }

    /** A number; one that is not finite is in a text member beside it. */
    private static OptionalDouble optional(JsonValue json, String name) {
        OptionalDouble number = json.get(name).number();
        if (number.isPresent()) {
            return number;
        }
        return switch (json.get(name + "Is").text().orElse("")) {
            case "infinite" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-infinite" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            case "not a number" -> OptionalDouble.of(Double.NaN);
            default -> OptionalDouble.empty();
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonValue json, String name) {
        String text = text(json, name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("\"" + name + "\" is unknown");
    }
}
