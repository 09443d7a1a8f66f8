package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.StoredReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a report that {@code plumb check --json} wrote, possibly in another job. */
public final class ReadReport {
    private final Workspace workspace;

    public ReadReport(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Reads it.
     *
     * @throws FileSystemException if there is none, or it is no report
     */
    public Report read(Path file) throws IOException {
        Path path = workspace.resolve(file);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new FileSystemException(file.toString(), null, "is not a file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return StoredReport.read(in);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException reported = new FileSystemException(file.toString(), null, e.getMessage());
            reported.initCause(e);
            throw reported;
        }
    }
}
