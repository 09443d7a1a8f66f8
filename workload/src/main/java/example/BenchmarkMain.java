package example;

import java.io.IOException;
import org.openjdk.jmh.Main;

/**
 * Starts JMH even if another one runs: the demo shows how noise is handled and needs no quiet machine. JMH itself
 * would refuse, to keep both measurements clean.
 */
public final class BenchmarkMain {
    private BenchmarkMain() {}

    /** Takes JMH's own arguments. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("jmh.ignoreLock", "true");
        Main.main(arguments);
    }
}
