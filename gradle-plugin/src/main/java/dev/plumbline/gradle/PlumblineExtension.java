package dev.plumbline.gradle;

import org.gradle.api.file.ConfigurableFileCollection;
import org.gradle.api.file.DirectoryProperty;
import org.gradle.api.provider.ListProperty;
import org.gradle.api.provider.Property;

/** The settings of a build script in <code>plumbline { … }</code>; all are optional. */
public abstract class PlumblineExtension {
    /** Result files or folders that something else writes, instead of those of JMH. */
    public abstract ConfigurableFileCollection getResults();

    /** The name of the environment, where the machine's own facts are not what the numbers depend on. */
    public abstract Property<String> getEnvironment();

    /** Further options of the command line, such as {@code "--block-at", "minor"}. */
    public abstract ListProperty<String> getArgs();

    /** Whether possible regressions are measured again at once; {@code false} by default. */
    public abstract Property<Boolean> getConfirm();

    /** The source set with the benchmarks: {@code jmh} where there is one, else {@code test}. */
    public abstract Property<String> getSourceSet();

    /** Measures only these benchmarks: StringBench.concat, a class, a pattern with * and ?, or a regular expression. */
    public abstract ListProperty<String> getBenchmarks();

    /** Options of JMH, such as {@code "-f", "3"}; they take precedence over annotations. */
    public abstract ListProperty<String> getJmhArgs();

    /** Whether a project without benchmarks fails; {@code false} by default. */
    public abstract Property<Boolean> getFailIfNoBenchmarks();

    /** The folder of results and reports; {@code build/plumbline} by default. */
    public abstract DirectoryProperty getOutput();

    /** The folder of the configuration and the history; the root project's by default. */
    public abstract DirectoryProperty getRoot();
}
