package dev.plumbline.server.people;

/** Thrown if an organisation would have no owner left. */
public final class LastOwner extends RuntimeException {
    private static final long serialVersionUID = 1;

    LastOwner(Account account, Organisation organisation) {
        super(account.name() + " is the only owner of " + organisation.name()
                + "; make another account an owner first");
    }
}
