package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One process that measures a test method while it is asked to. It lives no longer than this. */
final class Fork implements Closeable {
    private static final String ENDED = "ended";
    private static final int SHOWN_LINES = 12;

    private final Process process;
    private final Path output;
    private final Duration limit;
    private final Writer requests;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private Fork(Process process, Path output, Duration limit) {
        this.process = requireNonNull(process, "process");
        this.output = requireNonNull(output, "output");
        this.limit = requireNonNull(limit, "limit");
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @param output the file that takes what the test prints
     * @param limit that one answer may take
     */
    static Fork start(ForkCommand command, Duration warmUp, Path output, Duration limit) throws ForkFailure {
        ProcessBuilder builder = new ProcessBuilder(command.words(warmUp.toNanos()))
                .directory(command.directory().toFile())
                .redirectError(output.toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ForkFailure(
                    command.java() + " cannot be started: " + e.getMessage()
                            + "; run the tests with a whole JDK or JRE",
                    false);
        }
        Fork fork = new Fork(process, output, limit);
        fork.listen();
        return fork;
    }

    private void listen() {
        Thread listener = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            if (line.startsWith(ForkMain.MARK)) {
                                answers.add(line.substring(ForkMain.MARK.length()));
                            }
                        }
                    } catch (IOException e) {
                        // the process was killed
                    }
                    answers.add(ENDED);
                },
                "plumbline answers");
        listener.setDaemon(true);
        listener.start();
    }

    /** Waits until it is warm. @return nanoseconds for a call */
    double ready() throws ForkFailure, InterruptedException {
        return number("ready");
    }

    /** Measures for about that duration. @return nanoseconds for a call */
    double slice(Duration length) throws ForkFailure, InterruptedException {
        ask("slice " + length.toNanos());
        return number("slice");
    }

    /** Lets it end what it does around the operation. */
    void end() throws ForkFailure, InterruptedException {
        ask("end");
        answer("done");
    }

    private void ask(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException e) {
            // the process has exited, and its last answer has the reason
        }
    }

    private double number(String word) throws ForkFailure, InterruptedException {
        return Double.parseDouble(answer(word).substring(word.length()).strip());
    }

    private String answer(String word) throws ForkFailure, InterruptedException {
        String answer = answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (answer == null) {
            throw new ForkFailure(
                    String.format(
                            Locale.ROOT,
                            "it took longer than %d s to measure the operation once; make it shorter, or raise the"
                                    + " budget with -Dplumbline.budget=SECONDS",
                            limit.toSeconds()),
                    false);
        }
        if (answer.startsWith("failed ")) {
            throw new ForkFailure(ForkMain.decode(answer.substring("failed ".length())), true);
        }
        if (!answer.startsWith(word)) {
            throw new ForkFailure("its process ended before it had measured" + printed(), false);
        }
        return answer;
    }

    /** The last lines of what it printed. */
    private String printed() {
        try {
            List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
            List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return last.isEmpty() ? "" : ":\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "";
        }
    }

    /** Kills the process with its children, unless it is over. */
    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            // the process has exited
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
