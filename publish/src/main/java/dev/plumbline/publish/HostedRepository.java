package dev.plumbline.publish;

import java.net.URI;
import java.util.Optional;

/**
 * A repository at a service, for publishing from outside its jobs. Where reports go follows from the commit that
 * was measured, and a later publication of a commit takes the place of the one before.
 */
public interface HostedRepository {
    /** The name of the main branch; the repository has to be there, and the token able to read it. */
    String mainBranch() throws PublishFailure, InterruptedException;

    /** Publishes the check or status of a commit, and the comment of its open pull or merge request. */
    Delivery publish(String commit, Publication publication) throws InterruptedException;

    /**
     * Shows on a commit that results are to come, unless there are some.
     *
     * @param name of the check or status
     * @param link to more about it
     */
    Delivery await(String commit, String name, Optional<URI> link) throws InterruptedException;
}
