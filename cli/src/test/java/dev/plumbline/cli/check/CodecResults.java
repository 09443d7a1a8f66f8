package dev.plumbline.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Results of three benchmarks on main, a commit a day, of which {@code Codec.parse} is slower by a factor. */
final class CodecResults {
    private CodecResults() {}

    /** Writes the runs of commits; the commit with number n is {@code n + 1} in eight hexadecimal digits. */
    static String write(Path folder, int from, int to, double factor) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = from; commit < to; commit++) {
            for (String benchmark : new String[] {"Codec.parse", "Codec.put", "Sort.quick"}) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.3f,%08x,main,2026-01-%02dT00:00:00Z%n",
                        benchmark,
                        (1000 + commit * 7 % 5) * (benchmark.equals("Codec.parse") ? factor : 1),
                        commit + 1,
                        1 + commit));
            }
        }
        return Files.writeString(folder.resolve("r" + from + ".csv"), table).toString();
    }
}
