package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.config.yaml.Position;

/** The origin of a setting. */
public sealed interface Origin {
    /** The default of a setting that is not set. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** A place of the configuration file. */
    record File(Position position) implements Origin {
        public File {
            requireNonNull(position, "position");
        }

        @Override
        public String toString() {
            return position.toString();
        }
    }

    /**
     * An option of the command line.
     *
     * @param name as it is written: {@code --margin}
     */
    record Option(String name) implements Origin {
        public Option {
            requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
