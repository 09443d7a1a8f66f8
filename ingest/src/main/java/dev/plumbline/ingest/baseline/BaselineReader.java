package dev.plumbline.ingest.baseline;

import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.Change;
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
import dev.plumbline.core.stats.Interval;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private BaselineReader() {}

    /**
     * What the registry tells.
     *
     * @param name of the baselines
     * @param environments by their facts; one of which no facts are known has its name alone
     * @param models the files of the models, as paths below the folder
     */
    public record Registry(
            String name,
            Change change,
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
            return new Registry(
                    fields.text("name"),
                    Change.valueOf(fields.text("change")),
                    fields.provenance(),
                    fields.has("validated") ? Optional.of(Instant.parse(fields.text("validated"))) : Optional.empty(),
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
                switch (key) {
                    case "parameters" -> parameters.putAll(strings(json));
                    case "baselines" -> json.list(() -> all.add(baseline(json)));
                    default -> fields.keep(key);
                }
            });
            fields.schema(MODEL_SCHEMA);
            Benchmark benchmark = Benchmark.of(fields.text("benchmark"), parameters);
            return all.stream().map(series -> series.of(benchmark)).toList();
        });
    }

    /** A baseline whose benchmark is told elsewhere. */
    private interface Series {
        EstablishedBaseline of(Benchmark benchmark);
    }

    private static Series baseline(Json json) throws IOException {
        Fields fields = new Fields(json);
        Fields unit = new Fields(json);
        List<BaselineRun> runs = new ArrayList<>();
        List<BaselineStatistics> statistics = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "unit" -> json.object(unit::keep);
                case "established" -> fields.provenance = provenance(json);
                case "statistics" -> statistics.add(statistics(json));
                case "runs" -> json.list(() -> runs.add(run(json)));
                default -> fields.keep(key);
            }
        });
        if (statistics.isEmpty()) {
            throw fields.missing("statistics");
        }
        Unit read = new Unit(unit.text("symbol"), unit.text("base"), unit.number("factor"));
        String metric = fields.text("metric");
        String environment = fields.text("environment");
        String branch = fields.text("branch");
        Better better = Better.valueOf(fields.text("better"));
        double anchor = fields.number("anchor");
        Provenance provenance = fields.provenance();
        return benchmark -> new EstablishedBaseline(
                new SeriesKey(benchmark, metric, environment, branch),
                read,
                better,
                runs,
                statistics.get(0),
                anchor,
                provenance);
    }

    private static BaselineRun run(Json json) throws IOException {
        Fields fields = new Fields(json);
        json.object(fields::keep);
        return new BaselineRun(
                fields.text("run"),
                fields.text("commit"),
                Instant.parse(fields.text("time")),
                fields.number("value"),
                fields.integer("groups"),
                fields.number("groupDeviation"),
                Boolean.parseBoolean(fields.text("anomaly")));
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
        return new BaselineStatistics(
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
                quantiles);
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
        return new Provenance(
                fields.integer("version"),
                Instant.parse(fields.text("at")),
                fields.text("by"),
                fields.text("reason"),
                fields.text("origin"),
                fields.text("tool"),
                settings);
    }

    private static Map<String, String> strings(Json json) throws IOException {
        Map<String, String> strings = new TreeMap<>();
        json.object(key -> strings.put(key, json.text()));
        return strings;
    }

    /** The scalar members of an object, and what is wrong when one is not there. */
    private static final class Fields {
        private final Json json;
        private final String where;
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Double> numbers = new HashMap<>();
        private Provenance provenance;

        Fields(Json json) {
            this.json = json;
            where = json.where();
        }

        void keep(String key) {
            if (json.isScalar()) {
                texts.put(key, json.text());
                if (json.isNumber()) {
                    numbers.put(key, json.number());
                }
            } else {
                json.skip();
            }
        }

        boolean has(String key) {
            return texts.containsKey(key);
        }

        String text(String key) throws UnreadableInput {
            String text = texts.get(key);
            if (text == null) {
                throw missing(key);
            }
            return text;
        }

        double number(String key) throws UnreadableInput {
            Double number = numbers.get(key);
            if (number == null) {
                throw missing(key);
            }
            return number;
        }

        int integer(String key) throws UnreadableInput {
            double number = number(key);
            if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
                throw new UnreadableInput(where, "\"" + key + "\" is no whole number: " + number);
            }
            return (int) number;
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
                        where,
                        "is \"" + schema + "\", not \"" + expected + "\"; use the Plumbline that wrote it, or export"
                                + " it again");
            }
        }

        UnreadableInput missing(String key) {
            return new UnreadableInput(
                    where, "has no \"" + key + "\", or not of the kind it should be; export it again");
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
                throw new UnreadableInput(place[0], e.getMessage() + "; mend it, or export it again", e);
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
            throw new IllegalStateException("files of baselines hold no measurements");
        }

        @Override
        public void problem(Problem problem) {
            all.add(problem);
        }
    }
}
