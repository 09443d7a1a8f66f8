package dev.plumbline.publish;

/** A service to which reports are published. A further service is a class that does this. */
public interface Channel {
    /** As people write it after {@code --publish}: {@code github}. */
    String name();

    /**
     * Makes a report known.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Delivery publish(Publication publication) throws InterruptedException;
}
