package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.ConfiguredSuite;
import dev.plumbline.pipeline.config.MeasuringSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The task that measures two revisions: the targets of all named suites, as one.
 *
 * @param build a line for the shell that builds a checkout
 * @param budget the time for all of it: the sum of the suites' budgets unless an option gives another
 * @param limit after which one execution or build is killed: the longest that a suite allows
 * @param seed of the random order
 */
public record JointTask(Target target, Optional<String> build, Duration budget, Duration limit, long seed) {
    public JointTask {
        requireNonNull(target, "target");
        requireNonNull(build, "build");
        requireNonNull(budget, "budget");
        requireNonNull(limit, "limit");
    }

    /** @throws WrongRequest if there is nothing to measure, or the suites and options contradict each other */
    public static JointTask of(MeasuringSettings options, List<ConfiguredSuite> suites) throws WrongRequest {
        if (suites.isEmpty()) {
            return new JointTask(
                    Target.of(options),
                    options.around().build().line(),
                    options.budget(),
                    options.limit(),
                    options.seed());
        }
        List<MeasuringSettings> all = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (ConfiguredSuite suite : suites) {
            all.add(PickSuites.over(options, suite));
            targets.add(Target.of(all.get(all.size() - 1)));
        }
        List<String> builds = all.stream()
                .flatMap(settings -> settings.around().build().line().stream())
                .distinct()
                .toList();
        if (builds.size() > 1) {
            throw new WrongRequest("the suites have different build commands; give one for all of them with --build");
        }
        return new JointTask(
                targets.size() == 1 ? targets.get(0) : new Target.Several(targets),
                builds.stream().findFirst(),
                options.length().budget().orElseGet(() -> all.stream()
                        .map(MeasuringSettings::budget)
                        .reduce(Duration.ZERO, Duration::plus)),
                all.stream()
                        .map(MeasuringSettings::limit)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                options.seed());
    }
}
