package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages for signing in, and for the account that an invitation makes. */
public final class SignInPage {
    private static final String PASSWORD_HINT = "12 to 200 characters. Several words are easy to remember.";

    private SignInPage() {}

    /** The address for signing in and coming back to a page. */
    public static String address(String back) {
        return "/sign-in?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8);
    }

    /**
     * The page where people sign in.
     *
     * @param back the page to come back to
     * @param account what was typed before
     * @param providers names of where people may sign in instead, by their short names
     * @param error what was wrong with it
     */
    public static String write(
            Layout layout, String back, String account, Map<String, String> providers, Optional<String> error) {
        return layout.form("Sign in", html -> {
            html.element("h1", "Sign in");
            Forms.error(html, error);
            providers.forEach((id, name) -> html.element(
                    "p",
                    () -> html.element(
                            "a",
                            "Sign in with " + name,
                            "class",
                            "button main",
                            "href",
                            "/sign-in/" + id + "?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8))));
            if (!providers.isEmpty()) {
                html.element("h2", "Or with a password");
            }
            Forms.post(html, "/sign-in", () -> {
                Forms.hidden(html, Map.of("to", back));
                Forms.field(
                        html,
                        "account",
                        "account",
                        "Account",
                        "",
                        "type",
                        "text",
                        "value",
                        account,
                        "autocomplete",
                        "username",
                        "autocapitalize",
                        "none",
                        "spellcheck",
                        "false",
                        "required",
                        "",
                        "autofocus",
                        "");
                Forms.field(
                        html,
                        "password",
                        "password",
                        "Password",
                        "",
                        "type",
                        "password",
                        "autocomplete",
                        "current-password",
                        "required",
                        "");
                html.element("button", "Sign in", "class", "main");
            });
            html.element(
                    "p",
                    "No account? Ask an owner of your organisation for an invitation link.",
                    "class",
                    "muted small");
        });
    }

    /**
     * The page where an invitation becomes an account.
     *
     * @param invitation the secret, where it was sent before
     * @param account what was typed before
     * @param error what was wrong with it
     */
    public static String invitation(Layout layout, String invitation, String account, Optional<String> error) {
        return layout.form("Invitation", html -> {
            html.element("h1", "Make your account");
            Forms.error(html, error);
            Forms.post(html, "/invitation", () -> {
                Forms.field(
                        html,
                        "invitation",
                        "invitation",
                        "Invitation",
                        "It is the part of your link after the #. Without JavaScript, paste it here.",
                        "type",
                        "text",
                        "value",
                        invitation,
                        "autocomplete",
                        "off",
                        "autocapitalize",
                        "none",
                        "spellcheck",
                        "false",
                        "required",
                        "");
                Forms.field(
                        html,
                        "account",
                        "account",
                        "Account name",
                        "1 to 39 lower-case letters, digits and single hyphens.",
                        "type",
                        "text",
                        "value",
                        account,
                        "autocomplete",
                        "username",
                        "autocapitalize",
                        "none",
                        "spellcheck",
                        "false",
                        "maxlength",
                        "39",
                        "required",
                        "");
                Forms.field(
                        html,
                        "password",
                        "password",
                        "Password",
                        PASSWORD_HINT,
                        "type",
                        "password",
                        "autocomplete",
                        "new-password",
                        "minlength",
                        "12",
                        "maxlength",
                        "200",
                        "required",
                        "");
                html.element("button", "Create the account", "class", "main");
            });
        });
    }

    /**
     * Whoever used this browser is signed out here; a provider would sign them in again without asking.
     *
     * @param elsewhere names of providers, and their addresses for signing out
     */
    public static String signedOut(Layout layout, Map<String, URI> elsewhere) {
        return layout.form("Signed out", html -> {
            html.element("h1", "You are signed out");
            html.element("p", "On a machine that others use, sign out of these as well:");
            elsewhere.forEach((name, address) -> html.element(
                    "p",
                    () -> html.element("a", "Sign out of " + name, "class", "button", "href", address.toString())));
            html.element("p", () -> html.element("a", "Sign in again", "href", "/sign-in"));
        });
    }

    /**
     * The page that leads on to a provider. A form must not lead there: browsers hold back what the page's own policy
     * does not name.
     */
    public static String onward(Layout layout, String provider, URI there) {
        return layout.form("Connect", html -> {
            html.element("h1", "Connect with " + provider);
            html.element("p", "Sign in there with your own account. From then on it also signs you in here.");
            html.element(
                    "p",
                    () -> html.element(
                            "a", "Go on to " + provider, "class", "button" + " main", "href", there.toString()));
            html.element("p", () -> html.element("a", "Back to the account", "href", "/account"));
        });
    }

    /**
     * A provider on the page of one's own account.
     *
     * @param known the user's name at each connected provider
     * @param isOneOfSeveral whether there is another way in
     */
    public record Way(String id, String name, Optional<String> known, boolean isOneOfSeveral) {}

    /**
     * The page of the user's own account.
     *
     * @param hasPassword whether there is one to change
     * @param ways providers of the server
     */
    public record Own(String name, boolean isAdministrator, boolean hasPassword, List<Way> ways) {
        public Own {
            ways = List.copyOf(ways);
        }
    }

    private static void way(HtmlText html, Way way) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("action", way.known().isPresent() ? "disconnect" : "connect");
        values.put("provider", way.id());
        if (way.known().isEmpty()) {
            Forms.button(html, "/account/providers", "Connect with " + way.name(), "", values);
            return;
        }
        html.element(
                "p", way.name() + ": connected, as " + Words.shown(way.known().get()));
        if (way.isOneOfSeveral()) {
            Forms.button(html, "/account/providers", "Disconnect from " + way.name(), "bad", values);
        }
    }

    /** The page of one's own account. */
    public static String account(Layout layout, Own own, Optional<String> error) {
        return layout.form("Account", html -> {
            html.element("h1", "Account " + own.name());
            if (own.isAdministrator()) {
                html.element("p", "You are an administrator: you can create organisations, and you own all of them.");
            }
            Forms.error(html, error);
            if (!own.ways().isEmpty()) {
                html.element("h2", "Other ways to sign in");
                own.ways().forEach(way -> way(html, way));
            }
            if (own.hasPassword()) {
                password(html, own.name());
            }
            html.element("h2", "Sign out everywhere");
            html.element("p", "Signs you out in all browsers, including this one. Tokens of programs stay valid.");
            Forms.button(html, "/account", "Sign out everywhere", "bad", Map.of("action", "sign-out-everywhere"));
        });
    }

    private static void password(HtmlText html, String name) {
        html.element("h2", "Change the password");
        Forms.post(html, "/account", () -> {
            Forms.hidden(html, Map.of("action", "password"));
            html.empty(
                    "input",
                    "type",
                    "text",
                    "name",
                    "account",
                    "value",
                    name,
                    "autocomplete",
                    "username",
                    "readonly",
                    "",
                    "hidden",
                    "",
                    "aria-label",
                    "Account");
            Forms.field(
                    html,
                    "password",
                    "password",
                    "Current password",
                    "",
                    "type",
                    "password",
                    "autocomplete",
                    "current-password",
                    "required",
                    "");
            Forms.field(
                    html,
                    "new-password",
                    "newPassword",
                    "New password",
                    PASSWORD_HINT,
                    "type",
                    "password",
                    "autocomplete",
                    "new-password",
                    "minlength",
                    "12",
                    "maxlength",
                    "200",
                    "required",
                    "");
            html.element("button", "Change the password", "class", "main");
        });
        html.element("p", "This signs out all other browsers.", "class", "hint");
    }
}
