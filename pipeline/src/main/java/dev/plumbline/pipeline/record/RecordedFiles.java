package dev.plumbline.pipeline.record;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.Format;
import dev.plumbline.pipeline.workspace.RecordedFile;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The runs of a recording by the files of their measurements. */
final class RecordedFiles {
    private final List<OfFile> files = new ArrayList<>();

    /** The parts of the newest file, with the place of each among all parts of the recording. */
    private final Map<RunHeader, Integer> open = new HashMap<>();

    private int parts;
    private boolean isNoted;

    /** The contents of a file. */
    private static final class OfFile {
        private final Path path;
        private Optional<Format> format = Optional.empty();

        /** The runs in a file, by the order in which they appear. */
        private final Map<RunHeader, Integer> places = new HashMap<>();

        private int place;

        /** The part of the recording that each of them is. */
        private final Map<Integer, Integer> parts = new TreeMap<>();

        OfFile(Path path) {
            this.path = path;
        }
    }

    void begin(Path path) {
        open.clear();
        files.add(new OfFile(path));
    }

    private OfFile current() {
        return files.get(files.size() - 1);
    }

    /** The next measurements have this header in the file. */
    void at(RunHeader header) {
        OfFile file = current();
        file.place = file.places.computeIfAbsent(header, other -> file.places.size());
        isNoted = false;
    }

    /** A measurement was accepted. */
    void accepted(RunHeader effective) {
        if (!isNoted) {
            isNoted = true;
            int part = open.computeIfAbsent(effective, other -> parts++);
            current().parts.put(current().place, part);
        }
    }

    void readAs(Format format) {
        current().format = Optional.of(format);
    }

    /**
     * @param recorded the runs of the recording; none where it was given up
     * @param runs the place among them of every part
     */
    List<RecordedFile> of(List<Recorded> recorded, List<Integer> runs, Workspace workspace) {
        List<RecordedFile> all = new ArrayList<>();
        for (OfFile file : files) {
            Map<Integer, List<Integer>> places = new TreeMap<>();
            if (recorded.isEmpty() || file.parts.isEmpty()) {
                continue;
            }
            file.parts.forEach((place, part) -> places.computeIfAbsent(runs.get(part), other -> new ArrayList<>())
                    .add(place));
            all.add(new RecordedFile(
                    file.path,
                    workspace.shown(file.path),
                    file.format.map(Format::id),
                    file.places.size(),
                    places.entrySet().stream()
                            .map(run -> new RecordedFile.OfRun(
                                    recorded.get(run.getKey()).run().id(),
                                    recorded.get(run.getKey()).isNew(),
                                    run.getValue()))
                            .toList()));
        }
        return all;
    }
}
