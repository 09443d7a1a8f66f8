package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Role;
import java.util.Optional;

/**
 * The role that the members of a provider's group have.
 *
 * @param group as the provider writes it
 * @param project the only project that it is for; all of the organisation when empty
 */
public record GroupRule(String group, Name organisation, Optional<Name> project, Role role) {
    public GroupRule {
        requireNonNull(group, "group");
        requireNonNull(organisation, "organisation");
        requireNonNull(project, "project");
        requireNonNull(role, "role");
    }
}
