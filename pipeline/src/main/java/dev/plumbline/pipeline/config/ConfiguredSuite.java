package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * A named measurement of the configuration.
 *
 * @param name of the suite
 * @param tags words that it can be picked by, such as {@code memory}
 * @param folder where it is measured: that of the configuration's file
 * @param settings what is measured, and how
 */
public record ConfiguredSuite(String name, List<String> tags, Path folder, MeasuringSettings settings) {
    public ConfiguredSuite {
        requireNonNull(name, "name");
        tags = List.copyOf(tags);
        requireNonNull(folder, "folder");
        requireNonNull(settings, "settings");
    }
}
