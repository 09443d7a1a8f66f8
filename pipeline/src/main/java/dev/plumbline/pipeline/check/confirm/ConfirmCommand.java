package dev.plumbline.pipeline.check.confirm;

import static java.util.Objects.requireNonNull;

import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.OutputTail;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.record.InputFiles;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configured command that measures benchmarks again.
 *
 * <p>{@code {benchmarks}} is replaced by the benchmarks in the form of their tool, {@code {output}} by a file for the
 * result. Where the latter is missing, the result is what the command wrote over a file that was checked, or else what
 * it printed.
 *
 * <p>The shell never reads a name: the words come as its positional parameters and the file as a variable, so that a
 * benchmark called {@code $(rm -rf .)} is an argument and nothing more. Quotes of a person around a place would take
 * these apart, and are refused.
 */
public final class ConfirmCommand implements Remeasurement {
    private static final String BENCHMARKS = "{benchmarks}";
    private static final String OUTPUT = "{output}";
    private static final String OUTPUT_VARIABLE = "PLUMB_CONFIRM_OUTPUT";

    /** Keeps what is printed and what is complained of apart: {@code $1} takes the former, {@code $2} is the line. */
    private static final String APART = "out=$1; line=$2; shift 2; exec /bin/sh -c \"$line\" plumb \"$@\" >\"$out\"";

    private final Workspace workspace;
    private final String line;
    private final ProcessRunner runner;

    /**
     * @param line for the shell
     * @throws WrongRequest if a placeholder in it is within quotes
     */
    public ConfirmCommand(Workspace workspace, String line, ProcessRunner runner) throws WrongRequest {
        this.workspace = requireNonNull(workspace, "workspace");
        this.line = requireNonNull(line, "line");
        this.runner = requireNonNull(runner, "runner");
        requireUnquoted(line);
    }

    private static void requireUnquoted(String line) throws WrongRequest {
        char quote = 0;
        boolean escaped = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            for (String place : List.of(BENCHMARKS, OUTPUT)) {
                if (line.startsWith(place, i) && (quote != 0 || escaped)) {
                    throw new WrongRequest(
                            "--confirm: write " + place + " without quotes; the inserted text is" + " already quoted");
                }
            }
            if (escaped) {
                escaped = false;
            } else if (letter == '\\' && quote != '\'') {
                escaped = true;
            } else if (letter == quote) {
                quote = 0;
            } else if (quote == 0 && (letter == '\'' || letter == '"')) {
                quote = letter;
            }
        }
    }

    @Override
    public List<Path> measure(Request request, Duration limit, Path scratch) throws IOException, InterruptedException {
        Path printed = Files.createDirectory(scratch.resolve("printed")).resolve(name(request));
        Path output = Files.createDirectory(scratch.resolve("output")).resolve(name(request));
        Path complaints = scratch.resolve("complaints.txt");
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", APART, "plumb", printed.toString(), shellLine()));
        words.addAll(filter(request));
        Map<String, String> variables = new TreeMap<>(workspace.variables());
        variables.put(OUTPUT_VARIABLE, output.toString());
        Map<Path, State> before = states(request.files());
        execute(new Command(words, workspace.directory(), variables), complaints, limit);
        if (line.contains(OUTPUT)) {
            if (!hasContent(output)) {
                throw new CommandFailure("exited with 0 but wrote no " + OUTPUT + OutputTail.of(complaints));
            }
            return List.of(output);
        }
        List<Path> rewritten = rewritten(before, request.files());
        if (!rewritten.isEmpty()) {
            return rewritten;
        }
        if (!hasContent(printed)) {
            throw new CommandFailure(
                    "exited with 0 but left no result: it printed nothing, updated no result file, and has no "
                            + OUTPUT);
        }
        return List.of(printed);
    }

    private String shellLine() {
        return line.replace(BENCHMARKS, "\"$@\"").replace(OUTPUT, "\"$" + OUTPUT_VARIABLE + "\"");
    }

    /** Some tools name benchmarks after the file. */
    private String name(Request request) {
        Path first = request.files().get(0);
        Path file = workspace.resolve(first);
        return first.equals(Workspace.STANDARD_INPUT) || !Files.isRegularFile(file)
                ? "result"
                : file.getFileName().toString();
    }

    private List<String> filter(Request request) throws CommandFailure {
        if (!line.contains(BENCHMARKS)) {
            return List.of();
        }
        List<String> words = BenchmarkFilter.of(request.runs()).words(request.benchmarks());
        for (String word : words) {
            if (word.startsWith("-") || word.indexOf('\0') >= 0) {
                throw new CommandFailure("was not run: \"" + word.replace('\0', '?') + "\" as a benchmark name"
                        + " could be mistaken for an option");
            }
        }
        return words;
    }

    private void execute(Command command, Path complaints, Duration limit) throws IOException, InterruptedException {
        Execution execution;
        try {
            execution = runner.run(command, complaints, limit);
        } catch (CommandFailure e) {
            throw new CommandFailure(e.getMessage().replaceFirst("^/bin/sh: ", ""), e);
        }
        if (!execution.succeeded()) {
            throw new CommandFailure("ended with exit code " + execution.exitCode() + OutputTail.of(complaints));
        }
    }

    private static boolean hasContent(Path file) throws IOException {
        return Files.exists(file) && (Files.isDirectory(file) || Files.size(file) > 0);
    }

    /** The message that a file was written. */
    private record State(FileTime modified, long size, String key) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        }
    }

    private Map<Path, State> states(List<Path> paths) throws IOException {
        Map<Path, State> states = new HashMap<>();
        try {
            for (InputFiles.InputFile file :
                    InputFiles.of(paths.stream().map(workspace::resolve).toList())) {
                states.put(file.path(), State.of(file.path()));
            }
        } catch (NoSuchFileException e) {
            return Map.of(); // what was there to be checked is gone; what comes now is new
        }
        return states;
    }

    private List<Path> rewritten(Map<Path, State> before, List<Path> paths) throws IOException {
        Map<Path, State> after = states(paths);
        return after.keySet().stream()
                .filter(file -> !after.get(file).equals(before.get(file)))
                .sorted()
                .toList();
    }
}
