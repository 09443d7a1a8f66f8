import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradle.api.internal.StartParameterInternal;
import org.gradle.api.logging.LogLevel;
import org.gradle.initialization.DefaultBuildCancellationToken;
import org.gradle.initialization.DefaultBuildRequestContext;
import org.gradle.initialization.DefaultBuildRequestMetaData;
import org.gradle.initialization.NoOpBuildEventConsumer;
import org.gradle.internal.DefaultTaskExecutionRequest;
import org.gradle.internal.buildoption.BuildOption;
import org.gradle.internal.buildprocess.BuildProcessState;
import org.gradle.internal.classpath.ClassPath;
import org.gradle.internal.instrumentation.agent.AgentStatus;
import org.gradle.internal.logging.LoggingManagerInternal;
import org.gradle.internal.logging.services.DefaultLoggingManagerFactory;
import org.gradle.internal.logging.services.LoggingServiceRegistry;
import org.gradle.internal.nativeintegration.services.NativeServices;
import org.gradle.internal.service.ServiceRegistry;
import org.gradle.launcher.exec.BuildActionResult;
import org.gradle.launcher.exec.BuildExecutor;
import org.gradle.launcher.exec.DefaultBuildActionParameters;
import org.gradle.tooling.internal.provider.action.ExecuteBuildAction;

/**
 * Runs builds as Gradle's daemon does, one after the other in this process:
 * <code>HOME TASKS [TASKS…]</code>, each with the configuration cache and with projects in parallel. It is compiled
 * when it starts, since its classes are those of one version of Gradle.
 */
final class RunGradle {
    public static void main(String[] words) {
        File home = new File(words[0]);
        NativeServices.initializeOnDaemon(home, NativeServices.NativeServicesMode.ENABLED);
        ServiceRegistry logging = LoggingServiceRegistry.newCommandLineProcessLogging();
        LoggingManagerInternal log =
                logging.get(DefaultLoggingManagerFactory.class).create();
        log.captureSystemSources();
        log.setLevelInternal(LogLevel.LIFECYCLE);
        log.attachSystemOutAndErr();
        log.start();
        boolean failed = false;
        try (BuildProcessState process = new BuildProcessState(
                true, AgentStatus.disabled(), ClassPath.EMPTY, logging, NativeServices.getInstance())) {
            for (String tasks : Arrays.asList(words).subList(1, words.length)) {
                failed |= build(process.getServices().get(BuildExecutor.class), home, List.of(tasks.split(" ")));
            }
        }
        log.stop();
        System.exit(failed ? 1 : 0);
    }

    /** Whether the build failed. */
    private static boolean build(BuildExecutor executor, File home, List<String> tasks) {
        StartParameterInternal start = new StartParameterInternal();
        start.setGradleUserHomeDir(home);
        start.setCurrentDir(new File("").getAbsoluteFile());
        start.setOffline(true);
        start.setConfigurationCache(BuildOption.Value.value(true));
        start.setParallelProjectExecutionEnabled(true);
        start.setTaskRequests(List.of(new DefaultTaskExecutionRequest(new ArrayList<>(tasks))));
        Map<String, String> properties = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name));
        }
        BuildActionResult result = executor.execute(
                new ExecuteBuildAction(start),
                new DefaultBuildActionParameters(
                        properties, System.getenv(), start.getCurrentDir(), start.getLogLevel(), true, ClassPath.EMPTY),
                new DefaultBuildRequestContext(
                        new DefaultBuildRequestMetaData(System.currentTimeMillis()),
                        new DefaultBuildCancellationToken(),
                        new NoOpBuildEventConsumer()));
        return result.hasFailure();
    }
}
