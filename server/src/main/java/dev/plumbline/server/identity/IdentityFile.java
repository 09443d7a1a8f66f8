package dev.plumbline.server.identity;

import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.Position;
import dev.plumbline.pipeline.config.yaml.Yaml;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The file in which an operator lists the trusted providers. Every mistake in it is found, with its place. */
public final class IdentityFile {
    private static final String PROVIDERS = "providers";
    private static final String CI_ISSUERS = "ci-issuers";
    private static final int LONGEST = 500;
    private static final long LARGEST_SECRET = 10_000;

    private static final List<String> OF_PROVIDER = List.of(
            "name",
            "issuer",
            "client-id",
            "client-secret-file",
            "client-secret-variable",
            "scopes",
            "groups-claim",
            "create-accounts",
            "mail-domains",
            "groups");

    private final Path folder;
    private final Map<String, String> variables;
    private final Mistakes mistakes;

    private IdentityFile(Path folder, Map<String, String> variables, Mistakes mistakes) {
        this.folder = folder;
        this.variables = variables;
        this.mistakes = mistakes;
    }

    /**
     * Reads a file.
     *
     * @param name the file as messages name it
     * @param variables those of the environment, which may have secrets
     * @throws dev.plumbline.pipeline.config.yaml.WrongConfiguration if it has mistakes; the message lists them
     */
    public static IdentitySettings read(Path file, String name, Map<String, String> variables) throws IOException {
        Mistakes mistakes = new Mistakes();
        Node root = Yaml.read(file, name, mistakes);
        IdentitySettings settings =
                new IdentityFile(file.toAbsolutePath().getParent(), variables, mistakes).settings(root);
        mistakes.throwIfAny();
        return settings;
    }

    private IdentitySettings settings(Node root) {
        Map<String, Node> top = entries(root, List.of(PROVIDERS, CI_ISSUERS));
        List<Provider> providers = new ArrayList<>();
        Set<URI> issuers = new LinkedHashSet<>();
        if (top.get(PROVIDERS) instanceof Node.Entries all) {
            all.entries().forEach(entry -> provider(entry).ifPresent(provider -> {
                if (!issuers.add(provider.issuer())) {
                    mistakes.add(entry.position(), "another provider above has the same issuer");
                }
                providers.add(provider);
            }));
        } else if (top.containsKey(PROVIDERS)) {
            mistakes.add(
                    top.get(PROVIDERS).position(),
                    "providers must map a short name of each provider to its" + " settings");
        }
        Set<String> ofCi = new LinkedHashSet<>();
        list(top, CI_ISSUERS, this::issuer).forEach(issuer -> ofCi.add(issuer.toString()));
        return new IdentitySettings(providers, ofCi);
    }

    private Optional<Provider> provider(Node.Entry entry) {
        if (!entry.key().matches("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?")) {
            mistakes.add(
                    entry.position(),
                    "the short name of a provider is part of addresses: use 1 to 32 lower-case letters, digits"
                            + " and hyphens");
        }
        Map<String, Node> own = entries(entry.value(), OF_PROVIDER);
        Optional<URI> issuer = required(own, "issuer", entry).flatMap(this::issuer);
        Optional<String> clientId = required(own, "client-id", entry).flatMap(this::text);
        Optional<String> secret = secret(own);
        List<String> scopes = list(own, "scopes", this::scope);
        if (!scopes.isEmpty() && !scopes.contains("openid")) {
            mistakes.add(own.get("scopes").position(), "the scope openid is missing; without it sign-in fails");
        }
        Set<String> domains = list(own, "mail-domains", this::domain).stream().collect(Collectors.toSet());
        List<GroupRule> groups = list(own, "groups", this::group);
        boolean creates = optional(own, "create-accounts").flatMap(this::truth).orElse(false);
        if (creates
                && domains.isEmpty()
                && issuer.filter(IdentityFile::isForEverybody).isPresent()) {
            mistakes.add(
                    own.get("create-accounts").position(),
                    "anyone can have an account there; list the mail-domains whose people may sign in here");
        }
        if (issuer.isEmpty() || clientId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Provider(
                entry.key(),
                optional(own, "name").flatMap(this::text).orElse(entry.key()),
                issuer.get(),
                clientId.get(),
                secret,
                scopes.isEmpty() ? List.of("openid", "email", "profile") : scopes,
                optional(own, "groups-claim").flatMap(this::text).orElse("groups"),
                creates,
                domains,
                groups));
    }

    /** The large ones, where it is easily overlooked. */
    private static boolean isForEverybody(URI issuer) {
        return Set.of("accounts.google.com", "gitlab.com", "login.microsoftonline.com", "appleid.apple.com")
                .contains(String.valueOf(issuer.getHost()));
    }

    private Optional<String> secret(Map<String, Node> own) {
        Node file = own.get("client-secret-file");
        Node variable = own.get("client-secret-variable");
        if (file != null && variable != null) {
            mistakes.add(variable.position(), "client-secret-file is given above; remove one of the two");
        }
        if (file != null) {
            return text(file).flatMap(path -> secretIn(file.position(), path));
        }
        if (variable != null) {
            Optional<String> secret =
                    text(variable).map(variables::get).map(String::strip).filter(text -> !text.isEmpty());
            if (secret.isEmpty()) {
                mistakes.add(variable.position(), "this environment variable is missing or empty");
            }
            return secret;
        }
        return Optional.empty();
    }

    private Optional<String> secretIn(Position where, String path) {
        try {
            Path file = folder.resolve(path);
            if (Files.size(file) > LARGEST_SECRET) {
                mistakes.add(where, "the file of the secret is larger than " + LARGEST_SECRET + " bytes");
                return Optional.empty();
            }
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                mistakes.add(where, "the file of the secret is empty");
            }
            return Optional.of(secret);
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add(where, "the file with the secret cannot be read; its path is relative to this file");
            return Optional.empty();
        }
    }

    private Optional<GroupRule> group(Node node) {
        Map<String, Node> own = entries(node, List.of("group", "organisation", "project", "role"));
        Node.Entry here = new Node.Entry("", node.position(), node);
        Optional<String> group = required(own, "group", here).flatMap(this::text);
        Optional<Name> organisation = required(own, "organisation", here).flatMap(this::name);
        Optional<Role> role = required(own, "role", here).flatMap(this::role);
        Optional<Name> project = optional(own, "project").flatMap(this::name);
        return group.isEmpty() || organisation.isEmpty() || role.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupRule(group.get(), organisation.get(), project, role.get()));
    }

    private Map<String, Node> entries(Node node, List<String> known) {
        Map<String, Node> all = new LinkedHashMap<>();
        if (!(node instanceof Node.Entries map)) {
            mistakes.add(
                    node.position(), "must be a map with the keys " + String.join(", ", known) + " belongs" + " here");
            return all;
        }
        for (Node.Entry entry : map.entries()) {
            if (known.contains(entry.key())) {
                all.put(entry.key(), entry.value());
            } else {
                mistakes.add(
                        entry.position(),
                        "unknown key " + Excerpt.quoted(entry.key()) + "; the keys here are "
                                + String.join(", ", known));
            }
        }
        return all;
    }

    private static Optional<Node> optional(Map<String, Node> own, String key) {
        return Optional.ofNullable(own.get(key));
    }

    private Optional<Node> required(Map<String, Node> own, String key, Node.Entry owner) {
        Optional<Node> found = optional(own, key);
        if (found.isEmpty()) {
            mistakes.add(owner.position(), "the key " + key + " is missing");
        }
        return found;
    }

    private <T> List<T> list(Map<String, Node> own, String key, Function<Node, Optional<T>> reader) {
        Node node = own.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Node.Items items)) {
            mistakes.add(node.position(), key + " is a list");
            return List.of();
        }
        return items.nodes().stream().map(reader).flatMap(Optional::stream).toList();
    }

    private Optional<String> text(Node node) {
        if (node instanceof Node.Scalar scalar
                && !scalar.isNothing()
                && !scalar.text().isBlank()
                && scalar.text().length() <= LONGEST
                && scalar.text().codePoints().noneMatch(Character::isISOControl)) {
            return Optional.of(scalar.text());
        }
        mistakes.add(node.position(), "a text of 1 to " + LONGEST + " printable characters is needed here");
        return Optional.empty();
    }

    private Optional<Boolean> truth(Node node) {
        Optional<String> text = text(node).filter(Set.of("true", "false")::contains);
        if (text.isEmpty()) {
            mistakes.add(node.position(), "must be true or false");
        }
        return text.map("true"::equals);
    }

    private Optional<String> scope(Node node) {
        return checked(node, text -> text.matches("[!#-\\[\\]-~]+"), "a scope must not have spaces or quotes");
    }

    private Optional<String> domain(Node node) {
        return checked(node, text -> text.matches("[A-Za-z0-9.-]+\\.[A-Za-z0-9-]+"), "write a domain as example.org")
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    private Optional<String> checked(Node node, Function<String, Boolean> is, String otherwise) {
        Optional<String> text = text(node);
        Optional<String> good = text.filter(is::apply);
        if (text.isPresent() && good.isEmpty()) {
            mistakes.add(node.position(), otherwise);
        }
        return good;
    }

    private Optional<Name> name(Node node) {
        try {
            return text(node).map(Name::new);
        } catch (IllegalArgumentException e) {
            mistakes.add(node.position(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Role> role(Node node) {
        Optional<Role> role = text(node).flatMap(Role::of);
        if (role.isEmpty()) {
            mistakes.add(
                    node.position(),
                    "the role must be viewer, recorder, contributor, reviewer, maintainer" + " or owner");
        }
        return role;
    }

    private Optional<URI> issuer(Node node) {
        Optional<String> text = text(node);
        try {
            Optional<URI> issuer =
                    text.map(URI::create).filter(address -> Outgoing.isSafe(address) && address.getRawQuery() == null);
            if (issuer.isPresent()) {
                return issuer;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        if (text.isPresent()) {
            mistakes.add(node.position(), "an issuer must be an https:// address, or an address on this machine");
        }
        return Optional.empty();
    }
}
