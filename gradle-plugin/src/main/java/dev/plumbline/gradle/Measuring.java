package dev.plumbline.gradle;

import org.gradle.api.services.BuildService;
import org.gradle.api.services.BuildServiceParameters;

/** Held while a task measures or writes the history: only one task of the build does so at a time. */
public abstract class Measuring implements BuildService<BuildServiceParameters.None> {
    static final String NAME = "plumblineMeasuring";
}
