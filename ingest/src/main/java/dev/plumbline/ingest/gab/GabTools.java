package dev.plumbline.ingest.gab;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import java.util.Optional;

/** The better direction of numbers, from the action's name of the tool. */
final class GabTools {
    private GabTools() {}

    /** The unit's direction if it has one, else the tool's; empty when neither has one. */
    static Optional<Better> better(String tool, Unit unit) {
        return Directions.ofUnit(unit).or(() -> ofTool(tool));
    }

    private static Optional<Better> ofTool(String tool) {
        return switch (tool) {
            case "customBiggerIsBetter", "benchmarkjs", "pytest" -> Optional.of(Better.HIGHER);
            case "customSmallerIsBetter",
                    "cargo",
                    "go",
                    "googlecpp",
                    "catch2",
                    "julia",
                    "jmh",
                    "benchmarkdotnet",
                    "benchmarkluau" -> Optional.of(Better.LOWER);
            default -> Optional.empty();
        };
    }
}
