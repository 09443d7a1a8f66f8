package dev.plumbline.gradle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.gradle.api.Project;
import org.gradle.api.artifacts.Dependency;
import org.gradle.api.plugins.ExtensionAware;
import org.gradle.api.tasks.SourceSetContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlumblinePluginTest {
    @TempDir
    private static Path home;

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void resolves_links() throws Exception {
        folder = temporary.toRealPath();
    }

    private static PlumblineExtension plumbline(Project project) {
        return project.getExtensions().getByType(PlumblineExtension.class);
    }

    private static PlumbCheck check(Project project) {
        return (PlumbCheck) project.getTasks().getByName("plumbCheck");
    }

    private List<String> results(Project project) {
        return check(project).getResults().getFiles().stream()
                .map(file -> folder.relativize(file.toPath()).toString())
                .toList();
    }

    @Test
    void has_its_tasks_in_one_group_each_with_a_description() {
        Project project = Builds.project(folder, home, "dev.plumbline");

        assertThat(project.getTasks().withType(PlumbTask.class))
                .extracting(task -> task.getName())
                .contains("plumbRun", "plumbCheck", "plumbPr", "plumbReport", "plumbDashboard", "plumbAccept");
        assertThat(project.getTasks().withType(PlumbTask.class)).allSatisfy(task -> {
            assertThat(task.getGroup()).isEqualTo("performance");
            assertThat(task.getDescription()).isNotBlank();
        });
    }

    @Test
    void no_task_is_made_that_nobody_asks_for() {
        List<String> made = new ArrayList<>();
        Project project = Builds.project(folder, home);
        project.getTasks().configureEach(task -> made.add(task.getName()));
        project.getPluginManager().apply("java");
        project.getPluginManager().apply("dev.plumbline");
        Builds.evaluate(project);

        assertThat(made).noneMatch(name -> name.startsWith("plumb"));
    }

    @Test
    void a_check_judges_what_the_run_measured_and_needs_the_compiled_tests() {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");

        assertThat(results(project)).containsExactly("build/plumbline/jmh.json");
        assertThat(Builds.needs(project, "plumbCheck"))
                .contains("plumbRun", "plumbJar", "compileTestJava", "processTestResources");
    }

    @Test
    void the_order_in_which_plugins_are_applied_makes_no_difference() {
        Project project = Builds.project(folder, home, "dev.plumbline", "java");

        assertThat(Builds.needs(project, "plumbCheck")).contains("plumbRun", "plumbJar", "compileTestJava");
    }

    @Test
    void a_source_set_named_jmh_has_the_benchmarks_whenever_it_is_made_and_another_one_can_be_named() {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        SourceSetContainer sets = project.getExtensions().getByType(SourceSetContainer.class);
        sets.create("jmh");
        sets.create("speed");

        assertThat(Builds.needs(project, "plumbJar")).contains("compileJmhJava").doesNotContain("compileTestJava");

        Project named = Builds.project(folder, home, "java", "dev.plumbline");
        named.getExtensions().getByType(SourceSetContainer.class).create("speed");
        plumbline(named).getSourceSet().set("speed");
        assertThat(Builds.needs(named, "plumbJar")).contains("compileSpeedJava").doesNotContain("compileTestJava");
    }

    @Test
    void results_of_something_else_need_no_run() {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        plumbline(project).getResults().from("out/results.json");

        assertThat(results(project)).containsExactly("out/results.json");
        assertThat(Builds.needs(project, "plumbCheck")).isEmpty();
    }

    @Test
    void results_of_a_task_need_that_task() {
        Project project = Builds.project(folder, home, "dev.plumbline");
        var measure = project.getTasks()
                .register("measure", task -> task.getOutputs().file(new File(folder.toFile(), "speed.json")));
        plumbline(project).getResults().from(measure);

        assertThat(results(project)).containsExactly("speed.json");
        assertThat(Builds.needs(project, "plumbCheck")).containsExactly("measure");
    }

    @Test
    void what_the_script_sets_reaches_the_tasks_even_if_it_is_set_later() {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        PlumbCheck check = check(project);
        plumbline(project).getEnvironment().set("lab");
        plumbline(project).getArgs().set(List.of("--block-at", "minor"));
        plumbline(project).getJmhArgs().set(List.of("-f", "1"));
        plumbline(project).getOutput().set(folder.resolve("elsewhere").toFile());

        assertThat(check.options()).containsExactly("--environment", "lab", "--block-at", "minor");
        assertThat(check.getCommand().get()).hasSize(3).last().asString().endsWith("elsewhere/benchmarks.jar");
        assertThat(results(project)).containsExactly("elsewhere/jmh.json");
    }

    @Test
    void a_report_takes_no_options_of_a_gate() {
        Project project = Builds.project(folder, home, "dev.plumbline");
        plumbline(project).getArgs().set(List.of("--confirm", "x"));

        assertThat(((PlumbTask) project.getTasks().getByName("plumbReport")).options())
                .isEmpty();
    }

    @Test
    void the_annotation_processor_of_the_declared_jmh_is_added_where_it_is_forgotten() {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        project.getDependencies().add("testImplementation", "org.openjdk.jmh:jmh-core:1.36");

        assertThat(processors(project)).containsExactly("org.openjdk.jmh:jmh-generator-annprocess:1.36");

        Project declared = Builds.project(folder, home, "java", "dev.plumbline");
        declared.getDependencies().add("testImplementation", "org.openjdk.jmh:jmh-core:1.37");
        declared.getDependencies().add("testAnnotationProcessor", "org.openjdk.jmh:jmh-generator-annprocess:1.35");
        assertThat(processors(declared)).containsExactly("org.openjdk.jmh:jmh-generator-annprocess:1.35");

        Project without = Builds.project(folder, home, "java", "dev.plumbline");
        assertThat(processors(without)).isEmpty();
    }

    @Test
    void code_that_an_annotation_processor_of_another_version_generated_is_not_measured() throws IOException {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        project.getDependencies().add("testImplementation", project.files(jmh("1.37")));
        project.getDependencies().add("testAnnotationProcessor", project.files(jmh("1.36")));
        PlumbJar jar = (PlumbJar) project.getTasks().getByName("plumbJar");

        assertThatThrownBy(jar::write)
                .hasMessage("two versions of JMH: jmh-core 1.37, but the annotation processor is of 1.36;"
                        + " give jmh-core and jmh-generator-annprocess the same version");
        assertThat(jar.getJar().get().getAsFile()).doesNotExist();
    }

    @Test
    void code_that_the_annotation_processor_of_the_same_version_generated_is_measured() throws IOException {
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        project.getDependencies().add("testImplementation", project.files(jmh("1.37")));
        project.getDependencies().add("testAnnotationProcessor", project.files(jmh("1.37")));
        PlumbJar jar = (PlumbJar) project.getTasks().getByName("plumbJar");

        jar.write();

        assertThat(jar.getJar().get().getAsFile()).isFile();
    }

    /** A jar that has JMH's own class and carries its version. */
    private File jmh(String version) throws IOException {
        Path file = folder.resolve("jmh-core-" + version + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("org/openjdk/jmh/runner/Runner.class"));
            jar.putNextEntry(new JarEntry("META-INF/maven/org.openjdk.jmh/jmh-core/pom.properties"));
            jar.write(("version=" + version + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return file.toFile();
    }

    private static List<String> processors(Project project) {
        var configuration = project.getConfigurations().getByName("testAnnotationProcessor");
        // looking at what it needs runs what is added before it is resolved
        configuration.getIncoming().getResolutionResult().getAllDependencies();
        return configuration.getDependencies().stream()
                .map((Dependency each) -> each.getGroup() + ":" + each.getName() + ":" + each.getVersion())
                .toList();
    }

    @Test
    void with_the_jmh_plugin_its_task_measures_and_writes_json() {
        Project project = Builds.project(folder, home, "java", "me.champeau.jmh", "dev.plumbline");
        Builds.evaluate(project);
        PlumbRun run = (PlumbRun) project.getTasks().getByName("plumbRun");

        assertThat(Builds.needs(project, "plumbCheck"))
                .contains("plumbRun", "jmh")
                .doesNotContain("plumbJar");
        assertThat(run.getMeasured().getFiles())
                .containsExactly(
                        folder.resolve("build/results/jmh/results.json").toFile());
        assertThat(results(project)).containsExactly("build/plumbline/jmh.json");
    }

    @Test
    void with_the_jmh_plugin_applied_later_too_and_a_format_that_the_script_set_stays() {
        Project project = Builds.project(folder, home, "dev.plumbline", "me.champeau.jmh");
        ((me.champeau.jmh.JmhParameters)
                        ((ExtensionAware) project).getExtensions().getByName("jmh"))
                .getResultFormat()
                .set("CSV");
        Builds.evaluate(project);
        PlumbRun run = (PlumbRun) project.getTasks().getByName("plumbRun");

        assertThat(run.getMeasured().getSingleFile()).hasName("results.csv");
    }

    @Test
    void a_pull_request_is_built_by_the_wrapper_with_the_jar_of_whoever_measures() throws Exception {
        Files.createFile(folder.resolve("gradlew"));
        Project project = Builds.project(folder, home, "java", "dev.plumbline");
        PlumbPr own = (PlumbPr) project.getTasks().getByName("plumbPr");
        assertThat(own.getBuild().get()).startsWith("./gradlew").endsWith(":plumbJar");
        assertThat(own.getJar().get().getAsFile())
                .isEqualTo(folder.resolve("build/plumbline/benchmarks.jar").toFile());

        Project other = Builds.project(folder, home, "java", "me.champeau.jmh", "dev.plumbline");
        Builds.evaluate(other);
        PlumbPr pr = (PlumbPr) other.getTasks().getByName("plumbPr");
        assertThat(pr.getBuild().get()).endsWith(":jmhJar");
        assertThat(pr.getJar().get().getAsFile().getParentFile())
                .isEqualTo(folder.resolve("build/libs").toFile());
    }
}
