package example;

import dev.plumbline.core.api.Change;
import dev.plumbline.core.api.Outcome;
import dev.plumbline.core.api.Plumbline;

/** A gate of one's own: judges a value against ten earlier ones. */
public final class Gate {
    private Gate() {}

    public static void main(String[] arguments) {
        double[] history = {24.1, 23.9, 24.0, 24.2, 23.8, 24.1, 24.0, 23.9, 24.1, 24.0};
        long begin = System.nanoTime();
        Change change = Plumbline.withDefaults().judge(history, 27.5);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        System.out.println(change.outcome() + " " + change.severity());
        System.err.println("first judgement after " + millis + " ms");
        System.exit(change.outcome() == Outcome.REGRESSED ? 0 : 1);
    }
}
