package dev.plumbline.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The release that this program was installed from, as its installer checked it.
 *
 * @param url of the distribution that needs a Java
 * @param sha256 of it
 */
record InstalledRelease(String url, String sha256) {
    /** Empty for a program that was built here. */
    static Optional<InstalledRelease> here() {
        String file = System.getProperty("plumb.release");
        if (file == null) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            facts.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // as if it were not there: the user is asked to fill it in
        }
        String url = facts.getProperty("url");
        String sha256 = facts.getProperty("sha256");
        return url == null || sha256 == null ? Optional.empty() : Optional.of(new InstalledRelease(url, sha256));
    }
}
