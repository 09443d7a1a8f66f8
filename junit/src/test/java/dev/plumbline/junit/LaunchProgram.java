package dev.plumbline.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes with whatever JUnit is on its class path, and prints a line for each thing that happens. */
public final class LaunchProgram {
    private LaunchProgram() {}

    /** @param classes to run */
    public static void main(String[] classes) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String each : classes) {
            request.selectors(selectClass(each));
        }
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, new TestExecutionListener() {
            @Override
            public void executionStarted(TestIdentifier test) {
                if (test.isTest()) {
                    print("started", test, "");
                }
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String why = result.getThrowable().map(Throwable::toString).orElse("");
                print(result.getStatus().toString().toLowerCase(Locale.ROOT), test, why);
            }

            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                print("note", test, entry.getKeyValuePairs().toString());
            }

            private void print(String what, TestIdentifier test, String more) {
                if (test.isTest() || !more.isEmpty()) {
                    out.println(("| " + what + " " + test.getDisplayName() + " " + more).replace('\n', '~'));
                }
            }
        });
    }
}
