package dev.plumbline.report.html;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a repository's commits.
 *
 * <p>Made only of parts that were understood: a host, a path of plain names, and the way that this kind of forge names
 * a commit. Whatever else an address holds (a password, a query, a fragment) is left behind, and an address that is not
 * understood gives none, so that no link ever leads where an outsider chose.
 *
 * @param commits what a commit's id is put behind: {@code https://github.com/owner/name/commit/}
 */
public record Forge(String commits) {
    private static final Pattern COMMITS = Pattern.compile("https://[a-z0-9.-]+(:[0-9]{1,5})?(/[\\w.~-]+)+/");

    /** {@code https://user:token@host:port/path} and the same with ssh or git. */
    private static final Pattern ADDRESS =
            Pattern.compile("(https|ssh|git)://(?:[^@/\\s]*@)?([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?/([^?#\\s]*)");

    /** {@code git@host:path}. */
    private static final Pattern SHORT = Pattern.compile("(?:[\\w.-]+@)?([A-Za-z0-9.-]+):([^/?#\\s][^?#\\s]*)");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    /** A forge whose addresses are understood. */
    private enum Kind {
        GITHUB("/commit/", 2, "github"),
        GITLAB("/-/commit/", 20, "gitlab"),
        BITBUCKET("/commits/", 2, "bitbucket.org"),
        GITEA("/commit/", 2, "gitea", "forgejo", "codeberg");

        private final String commits;
        private final int depth;
        private final List<String> hosts;

        Kind(String commits, int depth, String... hosts) {
            this.commits = commits;
            this.depth = depth;
            this.hosts = List.of(hosts);
        }

        /** By the labels of the host's name, since anybody may run a server whose name ends in anything. */
        static Optional<Kind> of(String host) {
            for (Kind kind : values()) {
                for (String name : kind.hosts) {
                    if (host.equals(name) || List.of(host.split("\\.")).contains(name)) {
                        return Optional.of(kind);
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException if that is no plain https address that ends in a slash */
    public Forge {
        if (!COMMITS.matcher(commits).matches() || commits.contains("/../") || commits.contains("/./")) {
            throw new IllegalArgumentException("no address of commits: " + commits);
        }
    }

    /** The forge behind the address of a git remote; empty for one that is not understood. */
    public static Optional<Forge> ofRemote(String remote) {
        Matcher address = ADDRESS.matcher(remote.strip());
        if (address.matches()) {
            // the port of another protocol does not determine that of the pages
            String port = address.group(1).equals("https") && address.group(3) != null ? ":" + address.group(3) : "";
            return of(address.group(2), port, address.group(4));
        }
        Matcher brief = SHORT.matcher(remote.strip());
        return brief.matches() ? of(brief.group(1), "", brief.group(2)) : Optional.empty();
    }

    private static Optional<Forge> of(String name, String port, String path) {
        String host = name.toLowerCase(Locale.ROOT);
        List<String> parts =
                List.of(path.replaceFirst("/+$", "").replaceFirst("\\.git$", "").split("/", -1));
        return Kind.of(host)
                .filter(kind -> parts.size() >= 2 && parts.size() <= kind.depth)
                .filter(kind -> parts.stream()
                        .allMatch(part -> part.matches("[\\w.~-]{1,100}") && !part.equals(".") && !part.equals("..")))
                .map(kind -> new Forge("https://" + host + port + "/" + String.join("/", parts) + kind.commits));
    }

    /** The address of a commit; empty for a text that is no id of one. */
    public Optional<String> of(String commit) {
        return COMMIT.matcher(commit).matches() ? Optional.of(commits + commit) : Optional.empty();
    }
}
