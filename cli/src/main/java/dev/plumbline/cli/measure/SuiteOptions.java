package dev.plumbline.cli.measure;

import dev.plumbline.cli.option.TargetOptions;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.measuring.PickSuites;
import java.util.List;
import picocli.CommandLine.Option;

/** Suites of the configuration, by name or by tag. */
final class SuiteOptions {
    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Measure the suites of plumbline.yaml with this tag; may be repeated.")
    private List<String> tags = List.of();

    /** The suites that are named before {@code --} or have one of the tags. */
    public List<ConfiguredSuite> picked(Configuration configuration, TargetOptions targetOptions) throws WrongRequest {
        return new PickSuites(configuration).pick(targetOptions.wordsBeforeDashes(), tags);
    }

    /** Whether suites were named or a tag was given. */
    public boolean isAsked(TargetOptions targetOptions) {
        return !tags.isEmpty() || !targetOptions.wordsBeforeDashes().isEmpty();
    }
}
