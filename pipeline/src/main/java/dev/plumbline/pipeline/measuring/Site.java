package dev.plumbline.pipeline.measuring;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.Results;
import dev.plumbline.measure.count.Counters;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.ForkLength;
import dev.plumbline.pipeline.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The place where one revision is measured.
 *
 * @param directory commands run in it
 * @param variables they see
 * @param runner starts them
 * @param scratch a folder for their output and for result files without a given name
 * @param limit after which one execution is killed
 * @param header of the run that commands belong to
 * @param results reads result files, with surroundings for what these do not contain
 * @param forks how long each process of a benchmark measures
 * @param progress receives obstacles to measuring
 */
record Site(
        Path directory,
        Map<String, String> variables,
        ProcessRunner runner,
        Path scratch,
        Duration limit,
        RunHeader header,
        Results results,
        ForkLength forks,
        Progress progress) {
    /** Two JMH on one machine would disturb each other, so that the second waits. */
    void waitsForJmh() {
        progress.at("waiting for another JMH on this machine to end", 0, 0);
    }

    /** The programs here that count. */
    Counters counters() {
        return new Counters(runner, variables, scratch.resolve("counters"));
    }

    /** The same, with a folder of its own in the scratch folder. */
    Site within(String name) throws IOException {
        return new Site(
                directory,
                variables,
                runner,
                Files.createDirectories(scratch.resolve(name)),
                limit,
                header,
                results,
                forks,
                progress);
    }
}
