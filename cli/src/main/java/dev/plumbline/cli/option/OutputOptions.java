package dev.plumbline.cli.option;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.repository.FindPageFrame;
import dev.plumbline.report.Report;
import dev.plumbline.report.ci.CodeQualityReport;
import dev.plumbline.report.ci.JUnitReport;
import dev.plumbline.report.ci.SarifReport;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.html.HtmlPeriodReport;
import dev.plumbline.report.html.HtmlReport;
import dev.plumbline.report.html.PageFrame;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.period.CsvPeriodReport;
import dev.plumbline.report.period.JsonPeriodReport;
import dev.plumbline.report.period.MarkdownPeriodReport;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.PeriodSummary;
import dev.plumbline.report.period.TextPeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.CsvReport;
import dev.plumbline.report.text.FirstScreen;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The form of the answer, and its destination. */
public final class OutputOptions {
    /** The name of the terminal in place of a file. */
    private static final String TERMINAL = "-";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @ArgGroup
    private Chosen chosen = new Chosen();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report to this file; its extension selects the format unless an option"
                    + " does. The terminal still shows one line; with -o - it shows as much as without files."
                    + " May be repeated: report.json and results.xml.")
    private List<Path> outputs = List.of();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto (on terminals, unless NO_COLOR is set). Default: ${DEFAULT-VALUE}")
    private Terminal.Colour colour;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the whole report, with every benchmark.")
    private boolean verbose;

    /** Whether everything is asked for. */
    public boolean isVerbose() {
        return verbose;
    }

    /** One of them. */
    static final class Chosen {
        @Option(names = "--json", description = "Output JSON; docs/report-format.md describes it.")
        private boolean json;

        @Option(names = "--markdown", description = "Output Markdown, for pull requests.")
        private boolean markdown;

        @Option(
                names = "--as",
                paramLabel = "FORM",
                description = "Output format: text, markdown, json, html (one page that opens offline), csv,"
                        + " junit, sarif or codequality (for GitLab).")
        private Form form;
    }

    /** The forms of an answer. */
    enum Form {
        TEXT,
        MARKDOWN,
        JSON,
        HTML,
        CSV,
        JUNIT,
        SARIF,
        CODEQUALITY;

        /** The form that a file's name asks for: text when it has no ending, none when the ending is not known. */
        static Optional<Form> ofFile(Path file) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            if (!name.contains(".")) {
                return Optional.of(TEXT);
            }
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "txt", "text", "log", "out" -> Optional.of(TEXT);
                case "html", "htm" -> Optional.of(HTML);
                case "md", "markdown" -> Optional.of(MARKDOWN);
                case "json" -> Optional.of(name.matches(".*code-?quality.*") ? CODEQUALITY : JSON);
                case "csv" -> Optional.of(CSV);
                case "xml" -> Optional.of(JUNIT);
                case "sarif" -> Optional.of(SARIF);
                default -> Optional.empty();
            };
        }
    }

    /** The form that is asked for, of several files that of the first; checked before anything is judged. */
    Form form() {
        return files().isEmpty() ? formOfTerminal() : form(files().get(0));
    }

    /** Whether a page is among what is asked for, which shows more than the conclusions. */
    public boolean wantsDetail() {
        List<Form> forms = files().stream().map(this::form).toList(); // all, to report a wrong one before writing
        return isShown() && formOfTerminal() == Form.HTML || forms.contains(Form.HTML);
    }

    private List<Path> files() {
        return outputs.stream().filter(file -> !isTerminal(file)).toList();
    }

    /** Whether the terminal shows the answer, and not only that files were written. */
    private boolean isShown() {
        return outputs.isEmpty() || outputs.stream().anyMatch(OutputOptions::isTerminal);
    }

    private static boolean isTerminal(Path file) {
        return file.toString().equals(TERMINAL);
    }

    private Form formOfTerminal() {
        return checked(chosen().orElse(Form.TEXT));
    }

    private Form form(Path file) {
        return checked(chosen().orElseGet(() -> formOf(file)));
    }

    private Optional<Form> chosen() {
        return chosen.json
                ? Optional.of(Form.JSON)
                : chosen.markdown ? Optional.of(Form.MARKDOWN) : Optional.ofNullable(chosen.form);
    }

    private Form checked(Form form) {
        if (form == Form.HTML && !HtmlReport.isAvailable()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "this build has no HTML pages because Node was missing; install Node 20 or newer and"
                            + " rebuild, or choose another format");
        }
        return form;
    }

    private Form formOf(Path file) {
        return Form.ofFile(file)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(),
                        file + ": unknown file extension; use .html, .md, .json, .csv, .xml (JUnit), .sarif or"
                                + " .txt, or give the format with --as"));
    }

    /** Everything about a run, but on a terminal only the first screen, unless more is requested. */
    public void writeFirst(DetailedReport detailed, Terminal terminal) throws IOException {
        writeFirst(detailed, Optional.empty(), Optional.empty(), terminal);
    }

    /** The same with the options that further commands need to look at the same history and branch. */
    public void writeFirst(DetailedReport detailed, Optional<String> store, Optional<String> branch, Terminal terminal)
            throws IOException {
        Report report = detailed.report();
        PageFrame frame = frame(detailed::runs, terminal);
        Answer whole = (form, style, out) -> write(detailed, form, frame, style, out);
        Answer first = (form, style, out) -> text(FirstScreen.of(report, style, store, branch), out);
        write(whole, verbose || chosen().isPresent() ? whole : first, () -> TextReport.summary(report), terminal);
    }

    /** Everything about a run. */
    public void write(DetailedReport detailed, Terminal terminal) throws IOException {
        Report report = detailed.report();
        PageFrame frame = frame(detailed::runs, terminal);
        write(
                (form, style, out) -> write(detailed, form, frame, style, out),
                () -> TextReport.summary(report),
                terminal);
    }

    /** The few lines that a job's log has room for. */
    public void writeCi(DetailedReport detailed, Terminal terminal) throws IOException {
        Report report = detailed.report();
        PageFrame frame = frame(detailed::runs, terminal);
        write(
                (form, style, out) -> {
                    switch (form) {
                        case TEXT -> text(CiSummary.text(report, style), out);
                        case MARKDOWN -> text(CiSummary.markdown(report), out);
                        case JSON -> CiSummary.write(report, out);
                        case HTML, CSV, JUNIT, SARIF, CODEQUALITY -> write(detailed, form, frame, style, out);
                    }
                },
                () -> TextReport.summary(report),
                terminal);
    }

    /** Refuses the forms that only a run has. */
    public void checkChronicle() {
        List<Form> forms = new ArrayList<>(files().stream().map(this::form).toList());
        if (isShown()) {
            forms.add(formOfTerminal());
        }
        for (Form form : forms) {
            if (form == Form.JUNIT || form == Form.SARIF || form == Form.CODEQUALITY) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "a report of a period is available as text, markdown, json, html or csv, not as "
                                + form.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Writes a report on a period. */
    public void write(PeriodReport periodReport, HtmlPeriodReport.View view, Terminal terminal) throws IOException {
        boolean everySeries = view != HtmlPeriodReport.View.EXECUTIVE;
        PageFrame frame = frame(periodReport::runs, terminal);
        write(
                (form, style, out) -> {
                    switch (form) {
                        case TEXT -> text(TextPeriodReport.of(periodReport, everySeries, style), out);
                        case MARKDOWN -> text(MarkdownPeriodReport.of(periodReport, everySeries), out);
                        case JSON -> JsonPeriodReport.write(periodReport, out);
                        case HTML -> HtmlPeriodReport.write(periodReport, view, frame, out);
                        case CSV -> text(CsvPeriodReport.of(periodReport), out);
                        case JUNIT, SARIF, CODEQUALITY -> throw new IllegalStateException("refused before");
                    }
                },
                () -> PeriodSummary.line(periodReport),
                terminal);
    }

    /** An answer that can be written in several forms. */
    private interface Answer {
        void writeTo(Form form, TextStyle style, OutputStream out) throws IOException;
    }

    private void write(Answer answer, Supplier<String> summary, Terminal terminal) throws IOException {
        write(answer, answer, summary, terminal);
    }

    /** Writes every file that is asked for, then shows the answer, or one line where it is in files only. */
    private void write(Answer inFiles, Answer onTerminal, Supplier<String> summary, Terminal terminal)
            throws IOException {
        TextStyle plain = terminal.style(Terminal.Colour.NEVER, verbose).withWhole(true);
        for (Path file : files()) {
            OutputFile.write(file, terminal, out -> inFiles.writeTo(form(file), plain, out));
        }
        if (isShown()) {
            onTerminal.writeTo(formOfTerminal(), terminal.style(colour, verbose), terminal.out());
        } else {
            terminal.out().println(summary.get());
        }
        terminal.out().flush();
    }

    /** The frame around a page; empty in other forms, since it needs git. */
    private PageFrame frame(Supplier<Set<RunInfo>> runs, Terminal terminal) {
        return wantsDetail()
                ? new FindPageFrame(terminal.directory(), terminal.variables()).around(runs.get())
                : PageFrame.NONE;
    }

    private void write(DetailedReport detailed, Form form, PageFrame frame, TextStyle style, OutputStream out)
            throws IOException {
        Report report = detailed.report();
        switch (form) {
            case TEXT -> text(TextReport.of(report, style), out);
            case MARKDOWN -> text(MarkdownReport.of(report), out);
            case JSON -> JsonReport.write(report, out);
            case HTML -> HtmlReport.write(detailed, HtmlReport.View.REPORT, frame, out);
            case CSV -> text(CsvReport.of(report), out);
            case JUNIT -> text(JUnitReport.of(report), out);
            case SARIF -> SarifReport.write(report, out);
            case CODEQUALITY -> CodeQualityReport.write(report, out);
        }
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
