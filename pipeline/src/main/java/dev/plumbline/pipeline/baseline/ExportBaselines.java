package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.snapshot.BaselineSource;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.workspace.AtomicFile;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.json.BaselineFiles;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Writes baselines as files that are reviewed and kept like code. */
public final class ExportBaselines {
    /** The default folder of the files. */
    public static final String DEFAULT_FOLDER = "plumbline/baselines";

    private final Workspace workspace;

    public ExportBaselines(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The exported version.
     *
     * @param version which version
     * @param folder where to
     * @param written how many files are new or differ from what was there
     * @param removed how many models went because their benchmark has no baseline any more
     */
    public record Outcome(VersionInfo version, Path folder, int written, int removed) {
        public Outcome {
            requireNonNull(version, "version");
            requireNonNull(folder, "folder");
        }
    }

    /**
     * Writes a version.
     *
     * @param number which one; the newest when empty
     * @param folder an empty or missing folder, or one that an export wrote
     * @throws IOException if there is no such version, if the folder holds something else, or if it is one of the
     *     repository and a link leads out of that
     */
    public Outcome export(String name, OptionalInt number, Path folder) throws IOException {
        Path target = workspace.directory().resolve(folder);
        Path root = workspace.root().toAbsolutePath().normalize();
        if (target.toAbsolutePath().normalize().startsWith(root) && !Configuration.isInside(root, target)) {
            throw new FileSystemException(folder.toString(), null, "a link leads out of the repository");
        }
        try (RunStore store = workspace.openExisting()) {
            BaselineVersion version = NamedBaselines.version(store, name, number);
            Map<String, byte[]> files = BaselineFiles.of(version, BaselineSource.environments(store));
            checkOurs(target, folder);
            int written = 0;
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                written += AtomicFile.write(target.resolve(file.getKey()), file.getValue()) ? 1 : 0;
            }
            return new Outcome(version.info(), folder, written, removeOthers(target, files.keySet()));
        }
    }

    private static void checkOurs(Path target, Path shown) throws IOException {
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new FileSystemException(shown.toString(), null, "is not a folder");
        }
        if (!Files.exists(target) || Files.exists(target.resolve(BaselineFiles.REGISTRY))) {
            return;
        }
        try (Stream<Path> inside = Files.list(target)) {
            if (inside.findAny().isPresent()) {
                throw new FileSystemException(
                        shown.toString(), null, "contains files other than baselines; name an empty folder");
            }
        }
    }

    private static int removeOthers(Path target, Set<String> files) throws IOException {
        Path models = target.resolve(BaselineFiles.MODELS);
        if (!Files.isDirectory(models)) {
            return 0;
        }
        Set<String> keep = new HashSet<>(files);
        List<Path> going;
        try (Stream<Path> inside = Files.list(models)) {
            going = inside.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !keep.contains(BaselineFiles.MODELS + "/" + file.getFileName()))
                    .toList();
        }
        for (Path file : going) {
            Files.delete(file);
        }
        return going.size();
    }
}
