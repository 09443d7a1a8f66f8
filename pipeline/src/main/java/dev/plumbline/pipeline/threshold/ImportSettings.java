package dev.plumbline.pipeline.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.SettingsDifference;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.workspace.AtomicFile;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Imports the settings of a document into the repository's configuration. */
public final class ImportSettings {
    private final Workspace workspace;

    public ImportSettings(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The result of an import.
     *
     * @param file the configuration's file
     * @param changes what differs from what is in force, in the order of the documentation
     * @param written whether the file was written
     */
    public record Outcome(Path file, List<SettingsDifference> changes, boolean written) {
        public Outcome {
            requireNonNull(file, "file");
            changes = List.copyOf(changes);
        }
    }

    /**
     * Compares, and writes if that is wanted.
     *
     * @param document a file of settings, YAML or JSON
     * @throws WrongConfiguration if it is invalid or contradicts itself
     */
    public Outcome importFrom(Path document, boolean write) throws IOException {
        Configuration imported =
                ConfigurationFile.document(workspace.directory().resolve(document), workspace.directory());
        Configuration inForce = workspace.configuration();
        Path file = inForce.file().orElse(workspace.root().resolve(Configuration.FILE));
        List<SettingsDifference> changes = SettingsDifference.between(inForce, imported);
        if (!write || changes.isEmpty()) {
            return new Outcome(file, changes, false);
        }
        String text = Files.exists(file) ? Files.readString(file) : "";
        String next = SettingsDifference.written(
                inForce, imported, text, file.getFileName().toString());
        AtomicFile.write(file, next.getBytes(StandardCharsets.UTF_8));
        return new Outcome(file, changes, true);
    }
}
