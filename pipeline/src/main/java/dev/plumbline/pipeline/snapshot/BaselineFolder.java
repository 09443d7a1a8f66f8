package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.ingest.baseline.BaselineReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.report.json.BaselineFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder of files that {@code plumb baseline export} writes. */
public final class BaselineFolder {
    private BaselineFolder() {}

    /** @throws UnreadableInput if a file cannot be read, or its statistics do not follow from its runs */
    public static BaselineSource.Found read(Path folder) throws IOException {
        Path registryFile = folder.resolve(BaselineFiles.REGISTRY);
        if (!Files.isRegularFile(registryFile)) {
            throw new NoSuchFileException(
                    folder.toString(),
                    null,
                    "contains no " + BaselineFiles.REGISTRY + "; create one with plumb baseline export");
        }
        BaselineReader.Registry registry;
        try (Source source = Source.of(registryFile)) {
            registry = BaselineReader.registry(source);
        }
        List<EstablishedBaseline> baselines = new ArrayList<>();
        for (String model : registry.models()) {
            Path file = path(folder, model, registryFile);
            if (!file.startsWith(folder.resolve(BaselineFiles.MODELS).normalize())) {
                throw new UnreadableInput(
                        registryFile.toString(), "names the model " + model + " outside of its folder");
            }
            try (Source source = Source.of(file)) {
                for (EstablishedBaseline baseline : BaselineReader.model(source)) {
                    check(file, baseline);
                    baselines.add(baseline);
                }
            }
        }
        try {
            return new BaselineSource.Found(registry.version(baselines), registry.environments(), true);
        } catch (IllegalArgumentException e) {
            throw new UnreadableInput(registryFile.toString(), e.getMessage(), e);
        }
    }

    private static Path path(Path folder, String model, Path registry) throws UnreadableInput {
        try {
            return folder.resolve(model).normalize();
        } catch (InvalidPathException e) {
            throw new UnreadableInput(registry.toString(), "names a model that cannot be a file: " + e.getReason(), e);
        }
    }

    /** A file whose mean was edited by hand looks like a baseline but is not one. */
    private static void check(Path file, EstablishedBaseline baseline) throws UnreadableInput {
        BaselineStatistics stated = baseline.statistics();
        BaselineStatistics worked = BaselineStatistics.of(baseline.runs());
        if (!alike(stated.mean(), worked.mean())
                || !alike(stated.median(), worked.median())
                || !alike(stated.standardDeviation(), worked.standardDeviation())) {
            throw new UnreadableInput(
                    file.toString(),
                    "the statistics of " + baseline.key().metric() + " in "
                            + baseline.key().environment() + " do not match its runs: the stated mean is "
                            + stated.mean() + ", but the runs have " + worked.mean() + "; export it again");
        }
    }

    private static boolean alike(double one, double other) {
        return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
    }
}
