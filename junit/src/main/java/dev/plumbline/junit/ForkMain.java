package dev.plumbline.junit;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process that measures one test method in slices, on request.
 *
 * <pre>
 * ForkMain CLASS METHOD WARM-UP-NANOS
 * </pre>
 *
 * <p>It answers on standard output, in lines that begin with {@link #MARK}: {@code ready NANOS} once the operation is
 * warm, {@code slice NANOS} for each line {@code slice NANOS} on its standard input, {@code done} after {@code end}, or
 * {@code failed TEXT}. What the test prints goes to standard error. It ends with the process that started it.
 */
public final class ForkMain {
    /** The prefix that distinguishes lines for the parent process from the JVM's own output. */
    static final String MARK = "plumbline> ";

    private final PrintStream answers;
    private final BlockingQueue<Optional<String>> requests = new LinkedBlockingQueue<>();

    private ForkMain(PrintStream answers) {
        this.answers = answers;
    }

    /** Measures what the arguments name; what goes wrong is an answer, too. */
    public static void main(String[] arguments) {
        PrintStream answers = stream(FileDescriptor.out);
        System.setOut(stream(FileDescriptor.err));
        ForkMain main = new ForkMain(answers);
        main.listen();
        try {
            ForkMeasured measured = new ForkMeasured(main, Long.parseLong(arguments[2]));
            new TestMethod(Class.forName(arguments[0]), arguments[1]).invoke(measured);
            measured.check();
            main.answer("done");
        } catch (Throwable e) { // whatever a test may throw
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            main.answer("failed " + encode(trace.toString()));
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    void answer(String line) {
        answers.println(MARK + line);
    }

    /** The next request. */
    String request() throws InterruptedException {
        return requests.take().orElse("end");
    }

    /**
     * Listens in a thread beside the test: its operation may not come to an end, and the process has to be killed with
     * its parent.
     */
    private void listen() {
        Thread listener = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            requests.add(Optional.of(line));
                        }
                    } catch (IOException e) {
                        requests.add(Optional.empty());
                    }
                    Runtime.getRuntime().halt(3);
                },
                "plumbline requests");
        listener.setDaemon(true);
        listener.start();
    }
}
