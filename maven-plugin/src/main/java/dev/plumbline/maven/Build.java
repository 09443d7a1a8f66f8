package dev.plumbline.maven;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.SessionData;

/** The facts that the modules of one build share. It ends with the build. */
final class Build {
    private static final String KEY = "dev.plumbline.maven.";

    private final SessionData data;

    Build(MavenSession session) {
        data = session.getRepositorySession().getData();
    }

    /** Held while something is measured: modules that are built at once are measured one after the other. */
    ReentrantLock measuring() {
        return (ReentrantLock) data.computeIfAbsent(KEY + "measuring", ReentrantLock::new);
    }

    void putResult(MavenProject project, Path result) {
        data.set(result(project), result);
    }

    /** Takes the unchecked result of this build in a module; it is gone afterwards. */
    Optional<Path> takeResult(MavenProject project) {
        Object result = data.get(result(project));
        data.set(result(project), null);
        return Optional.ofNullable((Path) result);
    }

    private static String result(MavenProject project) {
        return KEY + "result." + project.getId() + "@" + project.getBasedir();
    }

    void noteBenchmarks() {
        data.set(KEY + "benchmarks", true);
    }

    /** Whether some module had benchmarks. */
    boolean hadBenchmarks() {
        return data.get(KEY + "benchmarks") != null;
    }
}
