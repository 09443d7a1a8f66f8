package dev.plumbline.gradle;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gradle.StartParameter;
import org.gradle.api.Plugin;
import org.gradle.api.Project;
import org.gradle.api.artifacts.Configuration;
import org.gradle.api.artifacts.Dependency;
import org.gradle.api.file.Directory;
import org.gradle.api.plugins.JavaPluginExtension;
import org.gradle.api.provider.Property;
import org.gradle.api.provider.Provider;
import org.gradle.api.tasks.SourceSet;
import org.gradle.api.tasks.SourceSetContainer;
import org.gradle.api.tasks.TaskProvider;
import org.gradle.api.tasks.bundling.AbstractArchiveTask;
import org.gradle.jvm.toolchain.JavaToolchainService;

/**
 * A gate for performance regressions: the extension <code>plumbline</code>, and tasks that measure and judge the JMH
 * benchmarks of a project.
 *
 * <p>Everything is lazy: a task that is not requested costs nothing, and what other plugins add later counts.
 */
public final class PlumblinePlugin implements Plugin<Project> {
    private static final String JMH_PLUGIN = "me.champeau.jmh";
    private static final String JMH_GROUP = "org.openjdk.jmh";

    @Override
    public void apply(Project project) {
        PlumblineExtension extension = project.getExtensions().create("plumbline", PlumblineExtension.class);
        Directory rootFolder = project.getRootProject().getLayout().getProjectDirectory();
        extension.getConfirm().convention(false);
        extension.getFailIfNoBenchmarks().convention(false);
        extension.getRoot().convention(rootFolder);
        extension.getOutput().convention(project.getLayout().getBuildDirectory().dir("plumbline"));
        Provider<Measuring> measuring = project.getGradle()
                .getSharedServices()
                .registerIfAbsent(Measuring.NAME, Measuring.class, spec -> spec.getMaxParallelUsages()
                        .set(1));

        TaskProvider<PlumbJar> jar = project.getTasks().register("plumbJar", PlumbJar.class, task -> {
            task.setDescription("Writes a small jar that runs the JMH benchmarks where they are.");
            task.getRoot().convention(extension.getRoot());
            task.getJar().convention(extension.getOutput().file("benchmarks.jar"));
        });
        project.getTasks().withType(PlumbTask.class).configureEach(task -> {
            task.getRoot().convention(extension.getRoot());
            task.getOutput().convention(extension.getOutput());
            task.usesService(measuring);
        });
        TaskProvider<PlumbRun> run = project.getTasks().register("plumbRun", PlumbRun.class, task -> {
            task.setDescription("Measures the JMH benchmarks; adds nothing to the history.");
            task.getBenchmarks().convention(extension.getBenchmarks());
            task.getJmhArgs().convention(extension.getJmhArgs());
            task.getFailIfNoBenchmarks().convention(extension.getFailIfNoBenchmarks());
            task.getWorkingFolder().convention(project.getLayout().getProjectDirectory());
            task.getResult().convention(extension.getOutput().file("jmh.json"));
        });
        TaskProvider<PlumbCheck> check = project.getTasks().register("plumbCheck", PlumbCheck.class, task -> {
            task.setDescription("Measures, adds the results to the history, and fails for a regression.");
            task.getEnvironment().convention(extension.getEnvironment());
            task.getArgs().convention(extension.getArgs());
            task.getConfirm().convention(extension.getConfirm());
            task.getJmhArgs().convention(extension.getJmhArgs());
            task.getResults().from((Callable<Object>)
                    () -> extension.getResults().getFrom().isEmpty()
                            ? run.flatMap(PlumbRun::getResult)
                            : extension.getResults());
        });
        TaskProvider<PlumbPr> pr = project.getTasks().register("plumbPr", PlumbPr.class, task -> {
            task.setDescription("Measures a pull request and its base in turn, and fails for a regression.");
            task.getArgs().convention(extension.getArgs());
            task.getHead().convention("HEAD");
            task.getBenchmarks().convention(extension.getBenchmarks());
            task.getJmhArgs().convention(extension.getJmhArgs());
            task.getJar().convention(jar.flatMap(PlumbJar::getJar));
            task.getBuild().convention(project.provider(() -> build(project, "plumbJar")));
        });
        // all projects share one history, and each may be the one that begins it
        Callable<Object> checks = () -> project.getRootProject().getAllprojects().stream()
                .map(each -> each.getTasks().withType(PlumbCheck.class))
                .toList();
        project.getTasks().register("plumbReport", PlumbReport.class, task -> {
            task.setDescription("Writes a page about the last run.");
            task.getEnvironment().convention(extension.getEnvironment());
            task.getFile().convention(extension.getOutput().file("report.html"));
            task.mustRunAfter(checks);
        });
        project.getTasks().register("plumbDashboard", PlumbDashboard.class, task -> {
            task.setDescription("Writes pages about the whole history.");
            task.getFolder().convention(extension.getOutput().dir("dashboard"));
            task.mustRunAfter(checks);
        });
        project.getTasks()
                .register(
                        "plumbCompare",
                        PlumbCompare.class,
                        task -> task.setDescription(
                                "Judges one set of results against another: --base=… --candidate=…"));
        project.getTasks().register("plumbAccept", PlumbAccept.class, task -> {
            task.setDescription("Accepts an intended regression: --finding=… --reason=…");
            task.getEnvironment().convention(extension.getEnvironment());
        });

        project.getPluginManager().withPlugin("java", applied -> withSources(project, extension, jar, run, check, pr));
        project.getPluginManager().withPlugin(JMH_PLUGIN, applied -> withJmhPlugin(project, run, pr));
    }

    /** Finds the benchmarks in a source set. */
    private static void withSources(
            Project project,
            PlumblineExtension extension,
            TaskProvider<PlumbJar> jar,
            TaskProvider<PlumbRun> run,
            TaskProvider<PlumbCheck> check,
            TaskProvider<PlumbPr> pr) {
        SourceSetContainer sourceSets = project.getExtensions().getByType(SourceSetContainer.class);
        extension
                .getSourceSet()
                .convention(project.provider(
                        () -> sourceSets.findByName("jmh") == null ? SourceSet.TEST_SOURCE_SET_NAME : "jmh"));
        Callable<Object> classPath =
                () -> sourceSets.getByName(extension.getSourceSet().get()).getRuntimeClasspath();
        Callable<Object> classes = () ->
                sourceSets.getByName(extension.getSourceSet().get()).getOutput().getClassesDirs();
        Callable<Object> processors =
                () -> sourceSets.getByName(extension.getSourceSet().get()).getAnnotationProcessorPath();
        jar.configure(task -> {
            task.getClassPath().from(classPath);
            task.getProcessors().from(processors);
        });
        processAnnotations(project, sourceSets);
        run.configure(task -> {
            task.getJavaLauncher()
                    .convention(project.getExtensions()
                            .getByType(JavaToolchainService.class)
                            .launcherFor(project.getExtensions()
                                    .getByType(JavaPluginExtension.class)
                                    .getToolchain()));
            if (!project.getPluginManager().hasPlugin(JMH_PLUGIN)) {
                task.getJar().convention(jar.flatMap(PlumbJar::getJar));
                task.getClassPath().from(classPath);
                task.getClasses().from(classes);
            }
        });
        check.configure(task -> {
            sources(task, sourceSets);
            if (!project.getPluginManager().hasPlugin(JMH_PLUGIN)) {
                task.getCommand().convention(run.flatMap(PlumblinePlugin::command));
            }
        });
        pr.configure(task -> {
            sources(task, sourceSets);
            if (!project.getPluginManager().hasPlugin(JMH_PLUGIN)) {
                task.getClassPath().from(classPath);
                task.getClasses().from(classes);
            }
        });
    }

    private static void sources(PlumbGate task, SourceSetContainer sourceSets) {
        task.getSources().from((Callable<Object>) () -> {
            List<File> folders = new ArrayList<>();
            sourceSets.forEach(set -> folders.addAll(set.getAllSource().getSrcDirs()));
            return folders;
        });
    }

    private static Provider<List<String>> command(PlumbRun run) {
        return run.getJavaLauncher()
                .zip(
                        run.getJar(),
                        (launcher, jar) -> List.of(launcher.getExecutablePath().toString(), "-jar", jar.toString()));
    }

    /** JMH needs its annotation processor, which Gradle runs only where it is declared; this is easily overlooked. */
    private static void processAnnotations(Project project, SourceSetContainer sourceSets) {
        sourceSets.all(set -> project.getConfigurations()
                .named(set.getAnnotationProcessorConfigurationName())
                .configure(processors -> processors.withDependencies(declared -> {
                    boolean isDeclared = declared.stream().anyMatch(PlumblinePlugin::isProcessor);
                    if (isDeclared || project.getPluginManager().hasPlugin(JMH_PLUGIN)) {
                        return;
                    }
                    Configuration implementation =
                            project.getConfigurations().getByName(set.getImplementationConfigurationName());
                    implementation.getAllDependencies().stream()
                            .filter(dependency -> JMH_GROUP.equals(dependency.getGroup())
                                    && dependency.getName().equals("jmh-core")
                                    && dependency.getVersion() != null)
                            .findFirst()
                            .ifPresent(jmh -> declared.add(project.getDependencies()
                                    .create(JMH_GROUP + ":jmh-generator-annprocess:" + jmh.getVersion())));
                })));
    }

    private static boolean isProcessor(Dependency dependency) {
        return JMH_GROUP.equals(dependency.getGroup()) && dependency.getName().equals("jmh-generator-annprocess");
    }

    /** Takes what the task <code>jmh</code> of the plugin me.champeau.jmh measures, and the jar it makes. */
    private static void withJmhPlugin(Project project, TaskProvider<PlumbRun> run, TaskProvider<PlumbPr> pr) {
        writesJson(project);
        run.configure(task -> {
            task.getMeasured()
                    .from((Callable<Object>) () -> property(project.getTasks().getByName("jmh"), "getResultsFile"));
        });
        pr.configure(task -> {
            task.getJar()
                    .convention(project.getTasks()
                            .named("jmhJar", AbstractArchiveTask.class)
                            .flatMap(AbstractArchiveTask::getArchiveFile));
            task.getBuild().convention(project.provider(() -> build(project, "jmhJar")));
        });
    }

    /** Its own format is text, which nothing can judge; what a build script sets takes precedence. */
    @SuppressWarnings("unchecked")
    private static void writesJson(Project project) {
        Object jmh = project.getExtensions().getByName("jmh");
        ((Property<String>) property(jmh, "getResultFormat")).convention("JSON");
    }

    /** A property of an object of another plugin, whose classes are not to be had here. */
    private static Object property(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the plugin " + JMH_PLUGIN + " has another shape than expected (" + getter
                            + "); set plumbline { results.from(\"FILE\") } to the JSON that it writes",
                    e);
        }
    }

    /** The words of a command that runs a task of this project in a checkout of it. */
    private static List<String> build(Project project, String task) {
        StartParameter start = project.getGradle().getStartParameter();
        File wrapper = project.getRootProject().file(File.separatorChar == '\\' ? "gradlew.bat" : "gradlew");
        File home = project.getGradle().getGradleHomeDir();
        List<String> words = new ArrayList<>();
        if (wrapper.exists() || home == null) {
            words.add("./" + wrapper.getName());
        } else {
            words.add(new File(home, "bin/gradle").getPath());
        }
        words.addAll(List.of("-q", "--no-daemon"));
        if (start.isOffline()) {
            words.add("--offline");
        }
        for (File script : start.getInitScripts()) {
            words.addAll(List.of("-I", script.getAbsolutePath()));
        }
        for (Map.Entry<String, String> each : start.getProjectProperties().entrySet()) {
            words.add("-P" + each.getKey() + "=" + each.getValue());
        }
        words.add((project.getPath().equals(":") ? "" : project.getPath()) + ":" + task);
        return words;
    }
}
