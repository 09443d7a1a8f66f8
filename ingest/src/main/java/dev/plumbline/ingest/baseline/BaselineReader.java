package dev.plumbline.ingest.baseline;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads what {@code plumb baseline export} writes. Half a baseline is worse than none, so that anything that is missing
 * or cannot be is an error with its place; keys that are not known are passed over.
 */
public final class BaselineReader {
    private static final String REGISTRY_SCHEMA = "plumbline-baselines/1";
    private static final String MODEL_SCHEMA = "plumbline-baseline/1";
    private static final String REMEDY = "; fix it, or export it again";

    private BaselineReader() {}

    /**
     * The content of the registry.
     *
     * @param name of the baselines
     * @param environments by their facts; one without known facts has only its name
     * @param models the files of the models, as paths below the folder
     */
    public record Registry(
            String name,
            BaselineChange change,
            Provenance provenance,
            Optional<Instant> validated,
            List<Environment> environments,
            List<String> models) {
        public Registry {
            environments = List.copyOf(environments);
            models = List.copyOf(models);
        }

        /** The version that the registry and the baselines of its models make. */
        public BaselineVersion version(List<EstablishedBaseline> baselines) {
            return new BaselineVersion(
                    new VersionInfo(name, change, provenance, baselines.size(), validated), baselines);
        }
    }

    /** @throws UnreadableInput if it is no registry, or something in it cannot be */
    public static Registry registry(Source source) throws IOException {
        return read(source, json -> {
            Fields fields = new Fields(json);
            List<Environment> environments = new ArrayList<>();
            List<String> models = new ArrayList<>();
            json.object(key -> {
                fields.saw(key);
                switch (key) {
                    case "made" -> fields.provenance = provenance(json);
                    case "environments" ->
                        json.object(name -> environments.add(named(Environment.of(strings(json)), name)));
                    case "models" ->
                        json.list(() -> {
                            Fields model = new Fields(json);
                            json.object(model::keep);
                            models.add(model.text("file"));
                        });
                    default -> fields.keep(key);
                }
            });
            fields.schema(REGISTRY_SCHEMA);
            fields.needs("models");
            return new Registry(
                    fields.text("name"),
                    fields.choice("change", BaselineChange.class),
                    fields.provenance(),
                    fields.has("validated") ? Optional.of(fields.time("validated")) : Optional.empty(),
                    environments,
                    models);
        });
    }

    private static Environment named(Environment facts, String key) {
        return facts.key().equals(key) ? facts : facts.named(key);
    }

    /** @throws UnreadableInput if it is no model, or something in it cannot be */
    public static List<EstablishedBaseline> model(Source source) throws IOException {
        return read(source, json -> {
            Fields fields = new Fields(json);
            Map<String, String> parameters = new TreeMap<>();
            List<Series> all = new ArrayList<>();
            json.object(key -> {
                fields.saw(key);
                switch (key) {
                    case "parameters" -> parameters.putAll(strings(json));
                    case "baselines" -> json.list(() -> all.add(baseline(json)));
                    default -> fields.keep(key);
                }
            });
            fields.schema(MODEL_SCHEMA);
            fields.needs("baselines");
            Benchmark benchmark = Benchmark.of(fields.text("benchmark"), parameters);
            List<EstablishedBaseline> baselines = new ArrayList<>();
            for (Series series : all) {
                baselines.add(series.of(benchmark));
            }
            return baselines;
        });
    }

    /** A baseline whose benchmark is named elsewhere. */
    private interface Series {
        EstablishedBaseline of(Benchmark benchmark) throws UnreadableInput;
    }

    private static Series baseline(Json json) throws IOException {
        Fields fields = new Fields(json);
        Fields unit = new Fields(json);
        List<BaselineRun> runs = new ArrayList<>();
        List<BaselineStatistics> statistics = new ArrayList<>();
        json.object(key -> {
            fields.saw(key);
            switch (key) {
                case "unit" -> json.object(unit::keep);
                case "established" -> fields.provenance = provenance(json);
                case "statistics" -> statistics.add(statistics(json));
                case "runs" -> json.list(() -> runs.add(run(json)));
                default -> fields.keep(key);
            }
        });
        fields.needs("statistics");
        fields.needs("runs");
        Unit read = unit.made(() -> new Unit(unit.text("symbol"), unit.text("base"), unit.number("factor")));
        String metric = fields.text("metric");
        String environment = fields.text("environment");
        String branch = fields.text("branch");
        Better better = fields.choice("better", Better.class);
        double anchor = fields.number("anchor");
        Provenance provenance = fields.provenance();
        return benchmark -> fields.made(() -> new EstablishedBaseline(
                new SeriesKey(benchmark, metric, environment, branch),
                read,
                better,
                runs,
                statistics.get(0),
                anchor,
                provenance));
    }

    private static BaselineRun run(Json json) throws IOException {
        Fields fields = new Fields(json);
        json.object(fields::keep);
        return fields.made(() -> new BaselineRun(
                fields.text("run"),
                fields.text("commit"),
                fields.time("time"),
                fields.number("value"),
                fields.integer("groups"),
                fields.number("groupDeviation"),
                fields.truth("anomaly")));
    }

    private static BaselineStatistics statistics(Json json) throws IOException {
        Fields fields = new Fields(json);
        Fields interval = new Fields(json);
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        json.object(key -> {
            switch (key) {
                case "interval" -> json.object(interval::keep);
                case "quantiles" -> json.object(share -> quantiles.put(Double.parseDouble(share), json.number()));
                default -> fields.keep(key);
            }
        });
        return fields.made(() -> new BaselineStatistics(
                fields.integer("runs"),
                fields.integer("groups"),
                fields.number("mean"),
                fields.number("median"),
                fields.number("standardDeviation"),
                fields.number("robustDeviation"),
                fields.number("autocorrelation"),
                new Interval(
                        interval.has("low") ? interval.number("low") : Double.NEGATIVE_INFINITY,
                        interval.has("high") ? interval.number("high") : Double.POSITIVE_INFINITY,
                        interval.number("confidence")),
                quantiles));
    }

    private static Provenance provenance(Json json) throws IOException {
        Fields fields = new Fields(json);
        TreeMap<String, String> settings = new TreeMap<>();
        json.object(key -> {
            if (key.equals("settings")) {
                settings.putAll(strings(json));
            } else {
                fields.keep(key);
            }
        });
        return fields.made(() -> new Provenance(
                fields.integer("version"),
                fields.time("at"),
                fields.text("by"),
                fields.text("reason"),
                fields.text("origin"),
                fields.text("tool"),
                settings));
    }

    private static Map<String, String> strings(Json json) throws IOException {
        Map<String, String> strings = new TreeMap<>();
        json.object(key -> strings.put(key, json.text()));
        return strings;
    }

    /** Makes a value of the members of an object. */
    private interface Making<T> {
        T make() throws UnreadableInput;
    }

    /** The scalar members of an object, each with its place, and what is wrong when one is not there. */
    private static final class Fields {
        private record Scalar(String text, OptionalDouble number, boolean isText, String where) {}

        private final Json json;
        private final String where;
        private final Map<String, Scalar> scalars = new HashMap<>();
        private final Set<String> seen = new HashSet<>();
        private Provenance provenance;

        Fields(Json json) {
            this.json = json;
            where = json.where();
        }

        void keep(String key) {
            if (json.isScalar()) {
                String place = json.where();
                OptionalDouble number = json.isNumber() ? OptionalDouble.of(json.number()) : OptionalDouble.empty();
                scalars.put(key, new Scalar(json.text(), number, json.isText(), place));
            } else {
                json.skip();
            }
        }

        /** Notes that there is such a member, whatever its value. */
        void saw(String key) {
            seen.add(key);
        }

        void needs(String key) throws UnreadableInput {
            if (!seen.contains(key)) {
                throw missing(key);
            }
        }

        /** The value made from this object's members; none is the object's mistake. */
        <T> T made(Making<T> making) throws UnreadableInput {
            try {
                return making.make();
            } catch (IllegalArgumentException e) {
                throw new UnreadableInput(where, e.getMessage() + REMEDY, e);
            }
        }

        boolean has(String key) {
            return scalars.containsKey(key);
        }

        private Scalar scalar(String key) throws UnreadableInput {
            Scalar scalar = scalars.get(key);
            if (scalar == null) {
                throw missing(key);
            }
            return scalar;
        }

        private static UnreadableInput isNo(String what, String key, Scalar scalar) {
            return new UnreadableInput(scalar.where, "\"" + key + "\" is no " + what + ": " + scalar.text + REMEDY);
        }

        String text(String key) throws UnreadableInput {
            Scalar scalar = scalar(key);
            if (!scalar.isText) {
                throw isNo("text", key, scalar);
            }
            return scalar.text;
        }

        double number(String key) throws UnreadableInput {
            Scalar scalar = scalar(key);
            return scalar.number.orElseThrow(() -> isNo("number", key, scalar));
        }

        int integer(String key) throws UnreadableInput {
            double number = number(key);
            if (number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE) {
                return (int) number;
            }
            throw isNo("whole number", key, scalar(key));
        }

        boolean truth(String key) throws UnreadableInput {
            Scalar scalar = scalar(key);
            if (scalar.isText || scalar.number.isPresent()) {
                throw isNo("truth value", key, scalar);
            }
            return scalar.text.equals("true");
        }

        Instant time(String key) throws UnreadableInput {
            try {
                return Instant.parse(text(key));
            } catch (DateTimeException e) {
                throw new UnreadableInput(
                        scalar(key).where,
                        "\"" + key + "\" is not a time such as 2026-01-31T12:00:00Z: " + text(key) + REMEDY,
                        e);
            }
        }

        <E extends Enum<E>> E choice(String key, Class<E> type) throws UnreadableInput {
            String text = text(key);
            for (E one : type.getEnumConstants()) {
                if (one.name().equals(text)) {
                    return one;
                }
            }
            throw new UnreadableInput(
                    scalar(key).where,
                    "\"" + key + "\" must be one of " + String.join(", ", names(type)) + ": " + text + REMEDY);
        }

        private static <E extends Enum<E>> List<String> names(Class<E> type) {
            return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        }

        Provenance provenance() throws UnreadableInput {
            if (provenance == null) {
                throw missing("established");
            }
            return provenance;
        }

        void schema(String expected) throws UnreadableInput {
            String schema = text("schema");
            if (!schema.equals(expected)) {
                throw new UnreadableInput(
                        scalar("schema").where,
                        "is \"" + schema + "\", not \"" + expected + "\"; use the Plumbline that wrote it, or export"
                                + " it again");
            }
        }

        UnreadableInput missing(String key) {
            return new UnreadableInput(where, "has no \"" + key + "\"; export it again");
        }
    }

    private interface Work<T> {
        T read(Json json) throws IOException;
    }

    private static <T> T read(Source source, Work<T> work) throws IOException {
        Problems problems = new Problems();
        String[] place = {source.name()};
        try (Json json = Json.open(source, problems)) {
            if (!json.next() || !json.isObject()) {
                throw new UnreadableInput(source.name(), "is no JSON object");
            }
            T result;
            try {
                result = work.read(json);
            } catch (IllegalArgumentException | DateTimeException e) {
                place[0] = json.where();
                throw new UnreadableInput(place[0], e.getMessage() + REMEDY, e);
            }
            if (!problems.all.isEmpty()) {
                throw new UnreadableInput(
                        problems.all.get(0).where(), problems.all.get(0).what());
            }
            return result;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null || at.getLineNr() < 1
                    ? source.name()
                    : source.name() + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new UnreadableInput(
                    where,
                    "is not JSON here: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    private static final class Problems implements RunSink {
        private final List<Problem> all = new ArrayList<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            throw new IllegalStateException("baseline files contain no measurements");
        }

        @Override
        public void problem(Problem problem) {
            all.add(problem);
        }
    }
}
