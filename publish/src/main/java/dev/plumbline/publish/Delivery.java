package dev.plumbline.publish;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a publication at one channel; one failure does not keep back the others.
 *
 * @param done what was done, a sentence each, for people
 * @param failed what was not, and why
 */
public record Delivery(List<String> done, List<String> failed) {
    public Delivery {
        done = List.copyOf(done);
        failed = List.copyOf(failed);
    }

    /** One thing to do. */
    @FunctionalInterface
    public interface Step {
        /** @return what was done, in words */
        String take() throws PublishFailure, InterruptedException;
    }

    /** Takes the steps one after the other, those after a failed one too. */
    public static Delivery of(List<Step> steps) throws InterruptedException {
        List<String> done = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Step step : steps) {
            try {
                done.add(step.take());
            } catch (PublishFailure e) {
                failed.add(e.getMessage());
            }
        }
        return new Delivery(done, failed);
    }

    public boolean isComplete() {
        return failed.isEmpty();
    }
}
