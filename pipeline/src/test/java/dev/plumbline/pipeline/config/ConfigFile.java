package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@code plumbline.yaml} in a folder, as tests write and read it. */
final class ConfigFile {
    private final Path folder;

    ConfigFile(Path folder) {
        this.folder = folder;
    }

    Configuration read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve(Configuration.FILE), text), folder);
    }

    /** All that is wrong with a text, which has to be something; each with its place, without the file's name. */
    List<String> mistakes(String text) {
        WrongConfiguration wrong = catchThrowableOfType(WrongConfiguration.class, () -> read(text));
        assertThat(wrong).as(text).isNotNull();
        return wrong.mistakes().stream()
                .map(Mistake::toString)
                .map(words -> words.substring((Configuration.FILE + ":").length()))
                .toList();
    }
}
