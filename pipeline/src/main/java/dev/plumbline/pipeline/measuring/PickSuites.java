package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.config.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the suites of the configuration by their names and tags. */
public final class PickSuites {
    private final Configuration configuration;

    public PickSuites(Configuration configuration) {
        this.configuration = requireNonNull(configuration, "configuration");
    }

    /**
     * The suites with these names, in their order, then those with one of these tags, in the order of the file; each
     * once.
     *
     * @throws WrongRequest if there is none of a name or with a tag
     */
    public List<ConfiguredSuite> pick(List<String> names, List<String> tags) throws WrongRequest {
        Set<ConfiguredSuite> picked = new LinkedHashSet<>();
        for (String name : names) {
            picked.add(configuration.suites().stream()
                    .filter(suite -> suite.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name)));
        }
        for (String tag : tags) {
            List<ConfiguredSuite> tagged = configuration.suites().stream()
                    .filter(suite -> suite.tags().contains(tag))
                    .toList();
            if (tagged.isEmpty()) {
                List<String> all = configuration.suites().stream()
                        .flatMap(suite -> suite.tags().stream())
                        .distinct()
                        .toList();
                throw new WrongRequest(
                        "no suite in the configuration has the tag '" + tag + "'; the tags are " + reported(all, tag));
            }
            picked.addAll(tagged);
        }
        return List.copyOf(picked);
    }

    private WrongRequest unknown(String name) {
        String known = reported(
                configuration.suites().stream().map(ConfiguredSuite::name).toList(), name);
        return new WrongRequest("unknown suite '" + name + "'; the configuration has " + known
                + (known.endsWith("?") ? " Put" : "; put") + " a command to measure after --");
    }

    /**
     * The options, and where they are not given, the settings of a suite.
     *
     * @throws WrongRequest if both name what to measure
     */
    static MeasuringSettings over(MeasuringSettings options, ConfiguredSuite suite) throws WrongRequest {
        try {
            return options.over(suite.settings());
        } catch (IllegalArgumentException e) {
            throw new WrongRequest("suite " + suite.name() + ": " + e.getMessage(), e);
        }
    }

    private static String reported(List<String> known, String asked) {
        return known.isEmpty() ? "none" : String.join(", ", known) + Suggestion.of(asked, known);
    }
}
