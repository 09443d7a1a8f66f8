package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.hook.Destinations;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A repository.
 *
 * @param address of its page, without a slash at the end
 */
public record Repository(Forge forge, URI address) {
    private static final Pattern OF_GITHUB = Pattern.compile("/[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");
    private static final Pattern OF_GITLAB = Pattern.compile("(/[A-Za-z0-9_.-]{1,100}){2,20}");
    private static final String PUBLIC_GITHUB = "github.com";

    public Repository {
        requireNonNull(forge, "forge");
        requireNonNull(address, "address");
    }

    /**
     * A repository by the address of its page, such as {@code https://github.com/acme/parser}.
     *
     * @throws IllegalArgumentException if it is none, or the server may not connect to it; the message says why
     */
    public static Repository checked(Forge forge, String text, Destinations destinations) {
        URI address = destinations.checked(text.replaceFirst("(\\.git)?/*$", ""));
        Pattern form = forge == Forge.GITHUB ? OF_GITHUB : OF_GITLAB;
        if (!form.matcher(address.getRawPath()).matches()
                || address.getRawPath().contains("..")
                || address.getRawQuery() != null) {
            throw new IllegalArgumentException("the address must be that of a repository's page, such as "
                    + (forge == Forge.GITHUB
                            ? "https://github.com/acme/parser"
                            : "https://gitlab.com/acme/tools/parser"));
        }
        return new Repository(forge, address);
    }

    /** Its name at the forge: {@code acme/parser}. */
    public String path() {
        return address.getPath().substring(1);
    }

    /** The address of the forge's interface. */
    URI api() {
        return switch (forge) {
            case GITHUB ->
                PUBLIC_GITHUB.equalsIgnoreCase(address.getHost())
                        ? URI.create("https://api.github.com")
                        : address.resolve("/api/v3");
            case GITLAB -> address.resolve("/api/v4");
        };
    }

    /** The address that git fetches from. */
    URI git() {
        return URI.create(address + ".git");
    }
}
