package dev.plumbline.cli;

import dev.plumbline.report.JsonReport;
import dev.plumbline.report.MarkdownReport;
import dev.plumbline.report.Report;
import dev.plumbline.report.TextReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** In which form the answer comes, and where to. */
final class OutputOptions {
    @ArgGroup
    private Form form = new Form();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the answer to this file; a summary line still goes to the terminal.")
    private Path output;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto (on terminals, unless NO_COLOR is set). Default: ${DEFAULT-VALUE}")
    private Terminal.Colour colour;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every benchmark, the unchanged ones too.")
    private boolean verbose;

    /** One of them. */
    static final class Form {
        @Option(names = "--json", description = "Answer in JSON; docs/report-format.md describes it.")
        private boolean json;

        @Option(names = "--markdown", description = "Answer in Markdown, for pull requests.")
        private boolean markdown;
    }

    void write(Report report, Terminal terminal) throws IOException {
        if (output == null) {
            write(report, terminal, terminal.out());
            terminal.out().flush();
            return;
        }
        // written beside it and moved into place, so that nobody ever reads half a report
        Path target = terminal.directory().resolve(output);
        Path folder = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(output.toString(), null, "is a folder; name a file in it");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "is not a folder");
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".plumb", ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                write(report, terminal, out);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        terminal.out().println(TextReport.summary(report));
        terminal.out().flush();
    }

    private void write(Report report, Terminal terminal, OutputStream out) throws IOException {
        if (form.json) {
            JsonReport.write(report, out);
        } else {
            String text = form.markdown
                    ? MarkdownReport.of(report)
                    : TextReport.of(report, terminal.style(output == null ? colour : Terminal.Colour.NEVER, verbose));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
