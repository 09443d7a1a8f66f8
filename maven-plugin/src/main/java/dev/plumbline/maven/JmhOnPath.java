package dev.plumbline.maven;

import dev.plumbline.buildtool.ClassPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The JMH that a module measures with.
 *
 * @param places jars and folders of the class path that have JMH's classes
 * @param processorVersion the version of JMH's annotation processor, where that is a dependency
 */
record JmhOnPath(List<Path> places, Optional<String> processorVersion) {
    static final String PROCESSOR = "jmh-generator-annprocess";

    /** The dependency to add where it is missing. */
    static final String DEPENDENCY = """
            add to the POM
              <dependency>
                <groupId>org.openjdk.jmh</groupId>
                <artifactId>jmh-core</artifactId>
                <version>1.37</version>
                <scope>test</scope>
              </dependency>""";

    JmhOnPath {
        places = List.copyOf(places);
    }

    /** @throws MojoExecutionException with the remedy, unless there is exactly one JMH, of one version */
    void check() throws IOException, MojoExecutionException {
        if (places.isEmpty()) {
            throw new MojoExecutionException(
                    "the benchmarks are compiled, but JMH is not on the class path of the" + " tests; " + DEPENDENCY);
        }
        if (places.size() > 1) {
            throw new MojoExecutionException("JMH is on the class path of the tests " + places.size()
                    + " times, and which one measures is left to chance; keep one of "
                    + String.join(", ", places.stream().map(Path::toString).toList())
                    + " (mvn dependency:tree shows where they come from)");
        }
        Optional<String> version = ClassPath.versionOf(places.get(0));
        if (version.isPresent() && processorVersion.isPresent() && !version.equals(processorVersion)) {
            throw new MojoExecutionException("two versions of JMH: jmh-core " + version.get() + ", but " + PROCESSOR
                    + " " + processorVersion.get() + "; give both the same version in the POM");
        }
    }
}
