package dev.plumbline.server.people;

import dev.plumbline.server.command.Right;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A named set of rights. */
public enum Role {
    /** Sees everything. */
    VIEWER(Right.READ),
    /** Adds results and reads nothing back but their judgement: for CI. */
    RECORDER(Right.RECORD),
    /** Sees everything and adds results. */
    CONTRIBUTOR(Right.READ, Right.RECORD),
    /** Sees everything and decides about findings. */
    REVIEWER(Right.READ, Right.DECIDE),
    /** Sees everything, adds results, and decides about findings. */
    MAINTAINER(Right.READ, Right.RECORD, Right.DECIDE),
    /** Does everything. */
    OWNER(Right.READ, Right.RECORD, Right.DECIDE, Right.ADMINISTER);

    private final Set<Right> rights;

    Role(Right first, Right... others) {
        rights = Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    public Set<Right> rights() {
        return rights;
    }

    /** The role of that name, as {@link #text} writes it. */
    public static Optional<Role> of(String text) {
        return Stream.of(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    /** Its name as people read and write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
