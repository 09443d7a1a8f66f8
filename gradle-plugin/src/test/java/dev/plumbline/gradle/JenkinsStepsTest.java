package dev.plumbline.gradle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What ci/ has for Jenkins, run as the Groovy that it is, in this module since it has a Groovy. The steps of Jenkins
 * note what they were asked for.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JenkinsStepsTest {
    private static final Path FOLDER = Path.of("..", "ci");

    /** The steps of Jenkins that are used. */
    public abstract static class Steps extends Script {
        final List<String> log = new ArrayList<>();
        final List<String> commands = new ArrayList<>();
        final List<String> variables = new ArrayList<>();
        int exitCode;

        /** A stage, a block of a pipeline, or a step with one word. */
        @Override
        public Object invokeMethod(String name, Object given) {
            Object[] arguments = (Object[]) given;
            Object last = arguments.length == 0 ? null : arguments[arguments.length - 1];
            switch (name) {
                case "call" -> {
                    return super.invokeMethod(name, given);
                }
                case "pipeline",
                        "agent",
                        "options",
                        "environment",
                        "stages",
                        "stage",
                        "steps",
                        "script",
                        "post",
                        "always" -> {
                    return ((Closure<?>) last).call();
                }
                case "withEnv" -> {
                    ((List<?>) arguments[0]).forEach(one -> variables.add(one.toString()));
                    return ((Closure<?>) last).call();
                }
                case "sh" -> {
                    boolean isAsked = last instanceof Map<?, ?> map && map.get("returnStatus") == Boolean.TRUE;
                    commands.add((last instanceof Map<?, ?> map ? map.get("script") : last).toString());
                    return isAsked ? exitCode : null;
                }
                case "error" -> throw new IllegalStateException(last.toString());
                case "label", "disableConcurrentBuilds", "unstable", "junit", "archiveArtifacts" -> {
                    log.add(last == null ? name : name + " " + last);
                    return null;
                }
                default -> throw new AssertionError("no step of Jenkins that this knows: " + name);
            }
        }
    }

    private static Steps parsed(String file, Map<String, String> env) throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Steps.class.getName());
        GroovyShell shell = new GroovyShell(
                JenkinsStepsTest.class.getClassLoader(), new Binding(new HashMap<>(Map.of("env", env))), configuration);
        return (Steps) shell.parse(Files.readString(FOLDER.resolve(file)), "Snippet.groovy");
    }

    private static void assertIsShell(String command) throws Exception {
        Process bash = new ProcessBuilder("bash", "-n", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as("%s%n%s", command, output).isZero();
    }

    @Test
    void the_pipeline_measures_judges_and_keeps_the_results() throws Exception {
        Steps pipeline = parsed("Jenkinsfile", Map.of("HOME", "somewhere"));

        pipeline.run();

        assertThat(pipeline.commands).hasSize(2);
        assertThat(pipeline.commands.get(0)).isEqualTo("./run-benchmarks");
        assertThat(pipeline.commands.get(1)).startsWith("plumb check results --store \"$PLUMBLINE_HISTORY\"");
        assertThat(pipeline.getProperty("PLUMBLINE_HISTORY").toString()).isEqualTo("somewhere/plumbline/history.db");
        assertThat(pipeline.log)
                .contains("disableConcurrentBuilds")
                .anyMatch(line -> line.startsWith("junit ") && line.contains("results.xml"))
                .noneMatch(line -> line.startsWith("unstable"));
        for (String command : pipeline.commands) {
            assertIsShell(command);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, the gate failed", "2, exit code 2"})
    void the_pipeline_fails_where_the_gate_does(int exitCode, String message) throws Exception {
        Steps pipeline = parsed("Jenkinsfile", Map.of());
        pipeline.exitCode = exitCode;

        assertThatThrownBy(pipeline::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void an_undecided_gate_makes_the_pipeline_unstable() throws Exception {
        Steps pipeline = parsed("Jenkinsfile", Map.of());
        pipeline.exitCode = 3;

        pipeline.run();

        assertThat(pipeline.log).contains("unstable nothing could be decided");
    }

    @Test
    void the_step_judges_a_branch_against_the_history() throws Exception {
        Steps step = called(0, Map.of("JOB_NAME", "team/app/main", "BRANCH_NAME", "main"), Map.of());

        assertThat(step.commands).singleElement().satisfies(line -> assertThat(line)
                .contains("$PLUMBLINE_COMMAND", "plumb check \"$PLUMBLINE_RESULTS\" --store"));
        assertThat(step.variables).contains("PLUMBLINE_COMMAND=make bench", "PLUMBLINE_JOB=team-app");
        assertIsShell(step.commands.get(0));
        assertThat(step.log).hasSize(2);
    }

    @Test
    void the_step_measures_a_change_request_beside_its_base() throws Exception {
        Steps step = called(
                3,
                Map.of("JOB_NAME", "app/PR-1", "BRANCH_NAME", "PR-1", "CHANGE_TARGET", "main"),
                Map.of("build", "make", "budget", "5m"));

        assertThat(step.commands).singleElement().satisfies(line -> assertThat(line)
                .startsWith("plumb pr --budget \"$PLUMBLINE_BUDGET\"")
                .contains("--build \"$PLUMBLINE_BUILD\""));
        assertThat(step.variables).contains("PLUMBLINE_BUDGET=5m");
        assertIsShell(step.commands.get(0));
        assertThat(step.log).contains("unstable plumbline: undecided; rerun this commit");
    }

    @ParameterizedTest
    @CsvSource({"1, plumbline: the gate fails", "2, no answer (exit code 2)"})
    void the_step_fails_where_the_gate_does(int exitCode, String message) {
        assertThatThrownBy(() -> called(exitCode, Map.of("JOB_NAME", "app"), Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_parameter_that_the_step_does_not_know_is_named() {
        assertThatThrownBy(() -> called(0, Map.of("JOB_NAME", "app"), Map.of("comand", "x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("plumbline: unknown parameter comand");
    }

    private static Steps called(int exitCode, Map<String, String> env, Map<String, String> more) throws IOException {
        Steps step = parsed("jenkins/vars/plumbline.groovy", env);
        step.exitCode = exitCode;
        Map<String, String> given = new HashMap<>(Map.of("command", "make bench", "results", "out.json"));
        given.putAll(more);
        step.invokeMethod("call", new Object[] {given});
        return step;
    }
}
