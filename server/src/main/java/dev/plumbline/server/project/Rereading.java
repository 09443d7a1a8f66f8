package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.record.ReadAgain;
import dev.plumbline.server.original.Original;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the kept files of runs again, as the readers of this version do. */
public final class Rereading {
    private final Histories histories;
    private final Originals originals;
    private final Clock clock;

    public Rereading(Histories histories, Originals originals, Clock clock) {
        this.histories = requireNonNull(histories, "histories");
        this.originals = requireNonNull(originals, "originals");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Reads a run again.
     *
     * @param files those of the run, at least one
     * @param format what all of them are read as; when empty, each as it was read
     * @param forReal false for a dry run
     * @throws IOException if a file cannot be read or is not the same any more; the message says why, and nothing is
     *     changed
     */
    public ReadAgain.Outcome read(
            Project project, String run, List<Original> files, Optional<Format> format, boolean forReal)
            throws IOException {
        Configuration configuration = histories.copy(project).configuration();
        try (Scratch scratch = Scratch.in(histories.scratch())) {
            Map<Path, String> names = new HashMap<>();
            List<ReadAgain.Original> unpacked = new ArrayList<>();
            Path root = Files.createDirectory(scratch.folder().resolve("files"));
            for (int i = 0; i < files.size(); i++) {
                Original file = files.get(i);
                Path target = inside(root, file.name(), i);
                originals.unpack(project, file.file(), target);
                names.put(target, file.name());
                unpacked.add(new ReadAgain.Original(
                        target,
                        file.name(),
                        format.or(() -> file.format().flatMap(Format::withId)),
                        file.headers(),
                        file.places()));
            }
            Mappings mappings = configuration.mappings();
            Results results = Results.with(ImportContext.unknown(clock.instant()))
                    .withMappings(new Mappings(mappings.all(), root, mappings.forced()))
                    .withNames(
                            path -> names.getOrDefault(path, path.getFileName().toString()));
            ReadAgain.Outcome outcome;
            try (RunStore store = histories
                    .of(project)
                    .open(configuration.aliases(), configuration.reruns().value())) {
                outcome = new ReadAgain(store, results).read(run, unpacked, forReal);
            }
            if (forReal) {
                histories.written(project);
                originals.readAgain(
                        project,
                        run,
                        outcome.formats().stream()
                                .map(one -> one.map(Format::id))
                                .toList());
            }
            return outcome;
        }
    }

    /** Mappings go by names with folders; what leads out of the folder, or cannot be beside another, has none. */
    private static Path inside(Path root, String name, int number) throws IOException {
        Path file = root.resolve(name.replaceFirst("^/+", "")).normalize();
        if (file.startsWith(root) && !file.equals(root) && !Files.exists(file)) {
            try {
                Files.createDirectories(file.getParent());
                return file;
            } catch (FileAlreadyExistsException e) {
                // a folder of the name of another file
            }
        }
        return root.resolve("file-" + number);
    }
}
