package dev.plumbline.server.http;

import dev.plumbline.server.page.Layout;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.SignInPage;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers that a person reads in a browser. */
public final class Browser {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** The most unread messages; more are forgotten. */
    private static final int MESSAGES = 1_000;

    private static final Duration SOON = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, String> messages = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MESSAGES;
        }
    });

    /** Pages with a secret, for whom and where; who does not come soon does not see them. */
    private final Map<String, Once> pages = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Once> eldest) {
            return size() > MESSAGES;
        }
    });

    private record Once(Function<Layout, String> page, Instant until) {}

    public Browser(Clock clock) {
        this.clock = clock;
    }

    /** Whether a problem with a request is answered with a page. */
    public static boolean isAsking(Context context) {
        return !context.path().startsWith(Routes.API + "/")
                && Optional.ofNullable(context.header("Accept")).orElse("").contains("text/html");
    }

    /** A handler whose problems become pages, whatever the caller takes. */
    public Handler pages(Handler handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (Problem problem) {
                answer(context, problem);
            }
        };
    }

    /** The layout around a page; a message to its reader is in it, once. */
    public Layout layout(Context context) {
        Optional<Account> account = person(context);
        return new Layout(
                account.map(known -> known.name().text()),
                here(context),
                account.map(known -> messages.remove(known.id())),
                clock.instant());
    }

    /** The layout around a page for a reader who has just signed out. */
    Layout nobody(Context context) {
        return new Layout(Optional.empty(), "/", Optional.empty(), clock.instant());
    }

    private static Optional<Account> person(Context context) {
        Identity identity = Authentication.identity(context);
        return identity.isPerson() ? identity.account() : Optional.empty();
    }

    private static String here(Context context) {
        String query = context.queryString();
        return context.path() + (query == null || query.isEmpty() ? "" : "?" + query);
    }

    public void html(Context context, int status, String page) {
        headers(context, POLICY);
        context.status(status).contentType("text/html; charset=utf-8").result(page.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the headers of every page; forms send the origin only where the referrer is not forbidden altogether. */
    public static void headers(Context context, String policy) {
        context.header("Content-Security-Policy", policy);
        context.header("Referrer-Policy", "same-origin");
    }

    /** After a form was sent. */
    public void redirect(Context context, String to) {
        context.redirect(to, io.javalin.http.HttpStatus.SEE_OTHER);
    }

    /** The same with what came of it. */
    public void redirect(Context context, String to, String message) {
        person(context).ifPresent(account -> messages.put(account.id(), message));
        redirect(context, to);
    }

    /** After a form was sent: a page that is shown once, at an address that may be loaded again without harm. */
    public void showOnce(Context context, String to, Function<Layout, String> page) {
        person(context)
                .ifPresent(account -> pages.put(
                        account.id() + ' ' + to, new Once(page, clock.instant().plus(SOON))));
        redirect(context, to);
    }

    /** Shows what is to be shown at this address once; false where there is nothing. */
    public boolean shownOnce(Context context) {
        Optional<Once> once = person(context).map(account -> pages.remove(account.id() + ' ' + context.path()));
        once.filter(one -> clock.instant().isBefore(one.until()))
                .ifPresent(one -> html(context, 200, one.page().apply(layout(context))));
        return once.filter(one -> clock.instant().isBefore(one.until())).isPresent();
    }

    /** A place on this server to go to; the first page where it is none. */
    public static String local(String to) {
        boolean isLocal = to.startsWith("/")
                && !to.startsWith("//")
                && to.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return isLocal ? to : "/";
    }

    /** A problem as a page; who has not signed in does so and comes back. */
    public void answer(Context context, Problem problem) {
        problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
        if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
            redirect(context, SignInPage.address(local(here(context))));
        } else {
            html(
                    context,
                    problem.kind().status(),
                    MessagePage.problem(layout(context), problem.kind().title(), problem.getMessage()));
        }
    }
}
