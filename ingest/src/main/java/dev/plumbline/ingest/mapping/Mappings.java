package dev.plumbline.ingest.mapping;

import static java.util.Objects.requireNonNull;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The mapping of each file.
 *
 * @param all in the order of the declaration; the first whose globs match is taken
 * @param folder what the globs are relative to
 * @param forced the one that every file is read with
 */
public record Mappings(List<Mapping> all, Path folder, Optional<Mapping> forced) {
    /** There is none. */
    public static final Mappings NONE = new Mappings(List.of(), Path.of(""), Optional.empty());

    public Mappings {
        all = List.copyOf(all);
        requireNonNull(folder, "folder");
        requireNonNull(forced, "forced");
    }

    /** Every file is read with the mapping of this name; empty when there is none. */
    public Optional<Mappings> forcing(String name) {
        return all.stream()
                .filter(mapping -> mapping.name().equals(name))
                .findFirst()
                .map(found -> new Mappings(all, folder, Optional.of(found)));
    }

    /** The mapping for a file. */
    public Optional<Mapping> of(Path file) {
        return forced.or(() -> all.stream()
                .filter(mapping -> mapping.files().stream().anyMatch(glob -> matches(glob, file)))
                .findFirst());
    }

    /** Whether a glob matches a file; {@code **}{@code /} also matches no folder at all. */
    private boolean matches(String glob, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = folder.toAbsolutePath().normalize();
        Path relative = absolute.startsWith(root) ? root.relativize(absolute) : absolute;
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(relative)
                || glob.startsWith("**/")
                        && FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob.substring(3))
                                .matches(relative);
    }
}
