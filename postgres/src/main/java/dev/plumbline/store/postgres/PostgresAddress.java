package dev.plumbline.store.postgres;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.StoreException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a shared history: {@code postgresql://USER@HOST:PORT/DATABASE?project=NAME}, as {@code psql} takes it.
 *
 * <p>Its text never has the password.
 *
 * @param host a name or an address; several servers of one cluster are separated by commas
 * @param port that of the server; one for all
 * @param user the role
 * @param password what the address itself gave
 * @param project which of the histories in the database
 * @param settings further ones of the connection, such as {@code sslmode}, by the names that {@code psql} knows
 */
public record PostgresAddress(
        String host,
        int port,
        String database,
        Optional<String> user,
        Optional<String> password,
        String project,
        SortedMap<String, String> settings) {
    /** The project of an address that names none. */
    public static final String DEFAULT_PROJECT = "default";

    /** The prefix of every schema of ours. */
    private static final String SCHEMA_PREFIX = "plumbline_";

    private static final int DEFAULT_PORT = 5432;
    private static final String LOCAL = "localhost";

    private static final Pattern FORM = Pattern.compile(
            "(?i:postgres(?:ql)?)://(?<server>[^/?#]*)(?:/(?<database>[^?#]*))?" + "(?:\\?(?<query>[^#]*))?");

    /** With the schema's prefix no longer than a name in PostgreSQL can be. */
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    /** The settings of an address by their names in the driver. */
    private static final Map<String, String> SETTINGS = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "target_session_attrs", "targetServerType",
            "channel_binding", "channelBinding");

    public PostgresAddress {
        requireNonNull(host, "host");
        requireNonNull(database, "database");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        if (!PROJECT.matcher(project).matches()) {
            throw new StoreException(wrongProject(project));
        }
        settings = new TreeMap<>(settings);
        for (String name : settings.keySet()) {
            if (!SETTINGS.containsKey(name)) {
                throw new StoreException(
                        "unknown setting \"" + name + "\" in the address of the history; known are project, "
                                + String.join(", ", new TreeMap<>(SETTINGS).keySet()));
            }
        }
    }

    private static String wrongProject(String name) {
        return "the project \"" + name + "\" must have 1 to 50 characters of a-z, 0-9, _ and -, and begin with a letter"
                + " or a digit";
    }

    /**
     * The name of a project.
     *
     * @throws IllegalArgumentException if a project cannot have it
     */
    public static String checkedProject(String name) {
        if (!PROJECT.matcher(name).matches()) {
            throw new IllegalArgumentException(wrongProject(name));
        }
        return name;
    }

    /** A right address as it may be shown: without its password, and with the project only if it names one. */
    public static String shown(String text) {
        String shown = parse(text, Optional.empty()).toString();
        int query = text.indexOf('?');
        boolean hasProject = query >= 0 && settings(text.substring(query + 1)).containsKey("project");
        String added = "?project=" + DEFAULT_PROJECT;
        return hasProject ? shown : shown.replace(added + "&", "?").replace(added, "");
    }

    /** Whether a text that names a history is such an address, right or wrong. */
    public static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "postgresql:", 0, 11) || text.regionMatches(true, 0, "postgres:", 0, 9);
    }

    /**
     * Reads an address.
     *
     * @param project the project where the address names none
     * @throws StoreException if it has a mistake; the message does not have the address, which may have a password
     */
    public static PostgresAddress parse(String text, Optional<String> project) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw wrong("");
        }
        String server = form.group("server");
        int at = server.lastIndexOf('@');
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        if (at >= 0) {
            String[] parts = server.substring(0, at).split(":", 2);
            user = Optional.of(decoded(parts[0])).filter(name -> !name.isEmpty());
            password = parts.length == 2 ? Optional.of(decoded(parts[1])) : Optional.empty();
            server = server.substring(at + 1);
        }
        int colon = server.startsWith("[") ? server.indexOf(':', server.indexOf(']')) : server.lastIndexOf(':');
        int port = colon < 0 ? DEFAULT_PORT : port(server.substring(colon + 1));
        String host = colon < 0 ? server : server.substring(0, colon);
        TreeMap<String, String> settings =
                settings(Optional.ofNullable(form.group("query")).orElse(""));
        Optional<String> own = Optional.ofNullable(settings.remove("project"));
        Optional<String> ownPassword = Optional.ofNullable(settings.remove("password"));
        Optional<String> ownUser = Optional.ofNullable(settings.remove("user"));
        String database = Optional.ofNullable(form.group("database"))
                .map(PostgresAddress::decoded)
                .orElse("");
        if (database.isEmpty()) {
            throw wrong("; it names no database");
        }
        return new PostgresAddress(
                host.isEmpty() ? LOCAL : host,
                port,
                database,
                user.or(() -> ownUser),
                password.or(() -> ownPassword),
                own.or(() -> project).orElse(DEFAULT_PROJECT),
                settings);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // as one that is out of range
        }
        throw wrong("; the port must be a number from 1 to 65535");
    }

    private static TreeMap<String, String> settings(String query) {
        TreeMap<String, String> settings = new TreeMap<>();
        for (String setting : query.split("&")) {
            if (!setting.isEmpty()) {
                int equals = setting.indexOf('=');
                if (equals < 0) {
                    throw wrong("; a setting has the form name=value");
                }
                settings.put(decoded(setting.substring(0, equals)), decoded(setting.substring(equals + 1)));
            }
        }
        return settings;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("; after % two hexadecimal digits must follow, and % itself is written %25");
        }
    }

    private static StoreException wrong(String more) {
        return new StoreException("the address of the history must have the form"
                + " postgresql://USER@HOST:PORT/DATABASE?project=NAME" + more);
    }

    /**
     * The same database, with another history of it.
     *
     * @throws StoreException if it cannot be the name of one
     */
    public PostgresAddress ofProject(String other) {
        return new PostgresAddress(host, port, database, user, password, other, settings);
    }

    /** The schema that holds the project's tables. */
    String schema() {
        return SCHEMA_PREFIX + project;
    }

    /** The address for the driver, without user and password. */
    String driverUrl() {
        StringBuilder url = new StringBuilder("jdbc:postgresql://");
        String[] hosts = host.split(",");
        for (int i = 0; i < hosts.length; i++) {
            url.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(port);
        }
        return url.append('/').append(encoded(database)).toString();
    }

    /** Further settings by their names in the driver. */
    Map<String, String> driverSettings() {
        Map<String, String> named = new TreeMap<>();
        settings.forEach((name, value) -> named.put(SETTINGS.get(name), value));
        return named;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The address as it may be shown: with its project, without the password. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("postgresql://");
        user.ifPresent(name -> text.append(encoded(name)).append('@'));
        text.append(host);
        if (port != DEFAULT_PORT) {
            text.append(':').append(port);
        }
        text.append('/').append(encoded(database)).append("?project=").append(project);
        settings.forEach(
                (name, value) -> text.append('&').append(name).append('=').append(encoded(value)));
        return text.toString();
    }
}
