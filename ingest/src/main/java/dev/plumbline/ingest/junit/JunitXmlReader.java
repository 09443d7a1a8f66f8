package dev.plumbline.ingest.junit;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Xml;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the durations of tests: of each one that passed, and of each suite.
 *
 * <p>A test that failed or was skipped did other work than one that passed: its time is left out, failures reported.
 */
public final class JunitXmlReader implements ResultReader {
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?");

    public static boolean recognises(Head head) {
        String text = head.text();
        return text.stripLeading().startsWith("<")
                && (text.contains("<testsuites") || text.contains("<testsuite ") || text.contains("<testsuite>"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        try (Xml xml = Xml.open(source)) {
            new Report(source.name(), xml, importContext, new Recorder(sink)).read();
        }
    }

    private record Suite(String where, String name, double seconds) {}

    private static final class Report {
        private final String name;
        private final Xml xml;
        private final ImportContext importContext;
        private final Recorder recorder;
        private final Map<String, String> properties = new TreeMap<>();
        private final List<Suite> waiting = new ArrayList<>();
        private Optional<RunHeader> header = Optional.empty();
        private String suite = "";
        private String timestamp = "";
        private String host = "";
        private boolean open;
        private String where = "";
        private String test = "";
        private double time = Double.NaN;
        private String outcome = "";

        Report(String name, Xml xml, ImportContext importContext, Recorder recorder) {
            this.name = name;
            this.xml = xml;
            this.importContext = importContext;
            this.recorder = recorder;
        }

        void read() throws IOException {
            while (xml.next()) {
                if (xml.isStart()) {
                    start();
                } else if (xml.name().equals("testcase") && open) {
                    open = false;
                    end();
                }
            }
        }

        private void start() throws IOException {
            switch (xml.name()) {
                case "testsuite" -> suite();
                case "property" -> {
                    if (properties.size() < 1000) {
                        properties.putIfAbsent(xml.attribute("name"), xml.attribute("value"));
                    }
                }
                case "testcase" -> testcase();
                case "failure", "error", "rerunFailure", "rerunError" -> outcome = "failed";
                case "skipped" -> outcome = "was skipped";
                default -> {
                    // what a test printed, and the like
                }
            }
        }

        private void suite() {
            suite = xml.attribute("name");
            if (timestamp.isEmpty()) {
                timestamp = xml.attribute("timestamp");
                host = xml.attribute("hostname");
            }
            double seconds = seconds(xml.attribute("time"));
            String place = xml.where();
            if (!suite.isBlank() && seconds > 0) {
                waiting.add(new Suite(place, suite, seconds));
            }
        }

        /** Properties come before the first test, and suites before them: the header waits for that test. */
        private Optional<RunHeader> header() {
            if (header.isEmpty()) {
                RunFacts facts = new RunFacts()
                        .tool("JUnit XML", "")
                        .context("host", host)
                        .measuredAt(timestamp, importContext.zone());
                String jvm = properties.getOrDefault("java.vm.name", "") + " "
                        + properties.getOrDefault(
                                "java.vm.version", properties.getOrDefault("java.runtime.version", ""));
                facts.software("jvm", jvm.strip());
                header = recorder.header(name, facts, importContext);
            }
            return header;
        }

        private void testcase() {
            open = true;
            where = xml.where();
            outcome = "";
            String in = xml.attribute("classname");
            String called = xml.attribute("name");
            String group = in.isBlank() ? suite : in;
            test = group.isBlank() || called.startsWith(group + ".") ? called : group + "." + called;
            time = seconds(xml.attribute("time"));
            String status = xml.attribute("status");
            if (status.equals("skipped") || status.equals("disabled") || status.equals("notrun")) {
                outcome = "was skipped";
            }
            handOnSuites();
        }

        private void handOnSuites() {
            header().ifPresent(run ->
                    waiting.forEach(of -> recorder.benchmark(of.where(), of.name(), Map.of("scope", "suite"))
                            .ifPresent(benchmark -> new LoadTest(recorder, of.where(), run, benchmark)
                                    .cost("time", "s", StatedSummary.location(of.seconds())))));
            waiting.clear();
        }

        private void end() {
            if (outcome.equals("was skipped")) {
                return;
            }
            if (!outcome.isEmpty() || !(time >= 0 && time < Double.POSITIVE_INFINITY)) {
                recorder.problem(
                        where,
                        "test " + Excerpt.quoted(test) + " " + (outcome.isEmpty() ? "has no time" : outcome)
                                + "; it is left out");
                return;
            }
            header().ifPresent(run -> recorder.benchmark(where, test, Map.of())
                    .ifPresent(benchmark ->
                            new LoadTest(recorder, where, run, benchmark).value("time", "s", Better.LOWER, time)));
        }

        /** Older reports group digits: {@code 1,234.567}. */
        private static double seconds(String written) {
            return Texts.number(GROUPED.matcher(written).matches() ? written.replace(",", "") : written);
        }
    }
}
