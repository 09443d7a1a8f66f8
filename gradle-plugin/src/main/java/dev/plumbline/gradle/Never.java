package dev.plumbline.gradle;

import java.io.Serializable;
import org.gradle.api.Task;
import org.gradle.api.specs.Spec;

/** Matches no task; a class rather than a lambda, so that the configuration cache can keep it. */
final class Never implements Spec<Task>, Serializable {
    @Override
    public boolean isSatisfiedBy(Task task) {
        return false;
    }
}
