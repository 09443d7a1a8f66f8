package dev.plumbline.store.parquet;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Finds DuckDB's driver. It is not a part of the program, because it holds a library for each platform and is larger
 * than everything else together. It is one known file, and a file with another digest is not loaded.
 */
public final class DuckDbDriver {
    /** Names the driver's file. */
    public static final String VARIABLE = "PLUMB_DUCKDB";

    private static final String VERSION = "1.5.6.0";
    private static final String FILE = "duckdb_jdbc-" + VERSION + ".jar";
    private static final String ADDRESS =
            "https://repo1.maven.org/maven2/org/duckdb/duckdb_jdbc/" + VERSION + "/" + FILE;
    private static final String SHA_256 = "04ae3375d7c40dc88dc9bf0014b82ba5e66715564584af4e3abea39c7ba144d3";

    private final Path file;

    private DuckDbDriver(Path file) {
        this.file = requireNonNull(file, "file");
    }

    /**
     * The driver that the environment names, else the one in the user's cache.
     *
     * @throws StoreException if there is none, or it is another file; the message says how to get it
     */
    public static DuckDbDriver find(Map<String, String> environment) {
        Optional<Path> named = value(environment, VARIABLE).map(Path::of);
        Path file = named.orElseGet(() -> cached(environment));
        if (!Files.isRegularFile(file)) {
            throw new StoreException("Parquet needs DuckDB's driver (85 MB), and there is no file " + file
                    + ". Download it once:\n  curl -fL --create-dirs -o '" + file + "' " + ADDRESS);
        }
        String digest = digest(file);
        if (!digest.equals(SHA_256)) {
            throw new StoreException(file + " is not DuckDB's driver " + VERSION + ": its SHA-256 is " + digest
                    + ", expected " + SHA_256 + ". Download it again from " + ADDRESS);
        }
        return new DuckDbDriver(file);
    }

    private static Path cached(Map<String, String> environment) {
        Path caches = value(environment, "XDG_CACHE_HOME").map(Path::of).orElseGet(() -> Path.of(
                        value(environment, "HOME").orElseGet(() -> System.getProperty("user.home")))
                .resolve(".cache"));
        return caches.resolve("plumbline").resolve(FILE);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String digest(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A database in memory.
     *
     * @return to be closed; the driver stays loaded, as its library does
     */
    @SuppressWarnings("resource") // the driver's classes are needed as long as the connection
    Connection connect() throws SQLException {
        try {
            URLClassLoader loader = new URLClassLoader(
                    "duckdb", new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            Driver driver = Class.forName("org.duckdb.DuckDBDriver", true, loader)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
            Properties settings = new Properties();
            // a table is read as it comes, not gathered first
            settings.setProperty("jdbc_stream_results", "true");
            // nothing is fetched from anywhere
            settings.setProperty("autoinstall_known_extensions", "false");
            settings.setProperty("autoload_known_extensions", "false");
            settings.setProperty("threads", "2");
            settings.setProperty("memory_limit", "512MB");
            return driver.connect("jdbc:duckdb:", settings);
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            throw new StoreException(
                    "DuckDB's driver " + file + " does not start on this machine: " + e + "; use NDJSON instead", e);
        }
    }
}
