package dev.plumbline.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.gradle.api.Action;
import org.gradle.api.Project;
import org.gradle.api.Task;
import org.gradle.api.internal.project.ProjectInternal;
import org.gradle.api.tasks.compile.JavaCompile;
import org.gradle.testfixtures.ProjectBuilder;

/** Projects in this process, and their tasks run one after the other: what a build does, without its daemon. */
final class Builds {
    private Builds() {}

    /** A project with the plugin in a folder; Gradle's own files go to another. */
    static Project project(Path folder, Path home, String... plugins) {
        Project project = ProjectBuilder.builder()
                .withName("sorts")
                .withProjectDir(folder.toFile())
                .withGradleUserHomeDir(home.toFile())
                .build();
        for (String plugin : plugins) {
            project.getPluginManager().apply(plugin);
        }
        return project;
    }

    /** Runs a task after those that it needs. */
    static void run(Project project, String name) {
        evaluate(project);
        run(project.getTasks().getByName(name), new HashSet<>());
    }

    /** What other plugins do after the build script; evaluating one needs more of Gradle than is here. */
    static void evaluate(Project project) {
        ProjectInternal internal = (ProjectInternal) project;
        internal.getProjectEvaluationBroadcaster().afterEvaluate(project, internal.getState());
    }

    private static void run(Task task, Set<Task> done) {
        if (done.add(task)) {
            for (Task needed : task.getTaskDependencies().getDependencies(task)) {
                run(needed, done);
            }
            if (task instanceof JavaCompile compile) {
                compile(compile);
            } else if (task.getGroup() != null && task.getGroup().equals("performance") || task instanceof PlumbJar) {
                for (Action<? super Task> action : List.copyOf(task.getActions())) {
                    action.execute(task);
                }
            }
        }
    }

    /** Gradle's own way needs the history of a real build. */
    private static void compile(JavaCompile task) {
        if (task.getSource().isEmpty()) {
            return;
        }
        File folder = task.getDestinationDirectory().get().getAsFile();
        assertThat(folder.mkdirs()).isTrue();
        List<String> words = new ArrayList<>(List.of("-d", folder.getPath()));
        words.addAll(List.of("-classpath", task.getClasspath().getAsPath()));
        words.addAll(List.of(
                "-processorpath", task.getOptions().getAnnotationProcessorPath().getAsPath()));
        task.getSource().forEach(file -> words.add(file.getPath()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
                .isZero();
    }

    /** The names of all tasks that a task needs, directly or not. */
    static List<String> needs(Project project, String name) {
        List<String> names = new ArrayList<>();
        collect(project.getTasks().getByName(name), names);
        return names;
    }

    private static void collect(Task task, List<String> names) {
        for (Task needed : task.getTaskDependencies().getDependencies(task)) {
            if (!names.contains(needed.getName())) {
                names.add(needed.getName());
                collect(needed, names);
            }
        }
    }
}
