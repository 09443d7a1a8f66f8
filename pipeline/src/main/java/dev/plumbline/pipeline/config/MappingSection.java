package dev.plumbline.pipeline.config;

import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.mapping.Decimals;
import dev.plumbline.ingest.mapping.Locator;
import dev.plumbline.ingest.mapping.Mapping;
import dev.plumbline.ingest.mapping.Spot;
import dev.plumbline.ingest.mapping.TimePattern;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/** One declaration below {@code mappings}. */
final class MappingSection {
    private static final Kind<Spot> SPOT = Kind.parsed(Spot::parse, Spot::toString);
    /** The place of a number; a word without $ is the name of a column that lacks its prefix. */
    private static final Kind<Spot> NUMBER = Kind.parsed(
            text -> {
                Spot spot = Spot.parse(text);
                if (spot instanceof Spot.Constant && Double.isNaN(Texts.number(text))) {
                    throw new IllegalArgumentException("not a number; a path begins with $, as in $.samples");
                }
                return spot;
            },
            Spot::toString);

    private static final Kind<TimePattern> TIME_PATTERN = Kind.parsed(TimePattern::of, TimePattern::toString);
    private static final Kind<Locator> RECORDS = Kind.parsed(
            text -> {
                if (!text.startsWith("$")) {
                    throw new IllegalArgumentException("a path begins with $, as in $.runs[*]");
                }
                return Locator.parse(text.substring(1));
            },
            Locator::toString);
    private static final Kind<String> GLOB = Kind.parsed(
            text -> {
                try {
                    FileSystems.getDefault().getPathMatcher("glob:" + text);
                    return text;
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException("not a pattern of file names: " + e.getDescription(), e);
                }
            },
            glob -> glob);
    private static final Kind<Sample.Center> CENTER = center();
    private static final Kind<Decimals> DECIMALS =
            Kind.choice(Map.of("point", Decimals.POINT, "comma", Decimals.COMMA));
    private static final List<String> NUMBERS = List.of("value", "values", "mean", "median");

    private MappingSection() {}

    private static Kind<Sample.Center> center() {
        Map<String, Sample.Center> words = new LinkedHashMap<>();
        words.put("median", Sample.Center.MEDIAN);
        words.put("mean", Sample.Center.MEAN);
        words.put("pseudomedian", Sample.Center.PSEUDOMEDIAN);
        return Kind.choice(words);
    }

    /** The mapping; empty when there is a mistake in it. */
    static Optional<Mapping> read(String name, Section section) {
        List<String> files = section.values("files", GLOB);
        Optional<Locator> records = section.value("records", RECORDS);
        Optional<Spot> benchmark = section.required("benchmark", SPOT);
        Map<String, Spot> parameters = new LinkedHashMap<>();
        section.map("parameters", SPOT).forEach((parameter, spot) -> parameters.put(parameter, spot.value()));
        Mapping.RevisionSpots revision = new Mapping.RevisionSpots(
                section.value("commit", SPOT),
                section.value("branch", SPOT),
                section.value("commit-time", SPOT),
                section.value("time", SPOT),
                section.value("environment", SPOT),
                section.value("time-format", TIME_PATTERN));
        Optional<Decimals> decimals = section.value("decimals", DECIMALS);
        List<Mapping.MappedMetric> metrics = new ArrayList<>();
        if (!section.has("metrics")) {
            section.mistake(section.path() + " needs the key \"metrics\"");
        }
        section.listed("metrics").forEach(metric -> metric(metric).ifPresent(metrics::add));
        section.done();
        return benchmark
                .filter(known -> !metrics.isEmpty())
                .map(known -> new Mapping(
                        name, files, records, known, parameters, revision, metrics, decimals.orElse(Decimals.POINT)));
    }

    private static Optional<Mapping.MappedMetric> metric(Section section) {
        Optional<Spot> name = section.value("name", SPOT);
        Optional<Spot> unit = section.value("unit", SPOT);
        Optional<Spot> better = section.value("better", SPOT);
        better.ifPresent(spot -> {
            if (spot instanceof Spot.Constant constant
                    && Directions.stated(constant.text()).isEmpty()) {
                section.mistakeAt("better", section.path() + ".better must be lower, higher or a path");
            }
        });
        Optional<Mapping.Measure> measure = measure(section);
        section.done();
        return measure.map(known -> new Mapping.MappedMetric(name, unit, better, known));
    }

    private static Optional<Mapping.Measure> measure(Section section) {
        List<String> given = NUMBERS.stream().filter(section::has).toList();
        Optional<Spot> deviation = section.value("deviation", NUMBER);
        Optional<Spot> count = section.value("count", NUMBER);
        Optional<Sample.Center> center = section.value("center", CENTER);
        SortedMap<Double, Spot> quantiles = new TreeMap<>();
        section.value("minimum", NUMBER).ifPresent(spot -> quantiles.put(0.0, spot));
        section.value("maximum", NUMBER).ifPresent(spot -> quantiles.put(1.0, spot));
        section.map("percentiles", NUMBER).forEach((percent, spot) -> {
            double share = Texts.share(percentile(percent));
            if (share >= 0 && share <= 1) {
                quantiles.put(share, spot.value());
            } else {
                section.mistakeAt("percentiles", section.path() + ".percentiles needs keys from 0 to 100");
            }
        });
        if (given.size() != 1) {
            section.mistake(section.path() + " needs one of the keys " + String.join(", ", NUMBERS)
                    + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
            return Optional.empty();
        }
        String key = given.get(0);
        Optional<Spot> location = section.value(key, NUMBER);
        boolean summarised = deviation.isPresent() || count.isPresent() || !quantiles.isEmpty();
        if (key.equals("values") && summarised) {
            section.mistakeAt("values", section.path() + ".values are raw values; leave out the summary");
            return Optional.empty();
        }
        boolean raw = key.equals("values") || key.equals("value") && !summarised;
        if (!raw && center.isPresent()) {
            section.mistakeAt("center", section.path() + ".center is for raw values");
        }
        return location.map(spot -> raw
                ? new Mapping.Measure.Raw(spot, center.orElse(Sample.Center.MEDIAN))
                : new Mapping.Measure.Stated(spot, key.equals("median"), deviation, count, quantiles));
    }

    private static double percentile(String key) {
        double percent = Texts.number(key.startsWith("p") ? key.substring(1) : key);
        return Double.isFinite(percent) ? percent : -1;
    }
}
