package dev.plumbline.pipeline.measuring;

/**
 * A revision checked out in a folder of its own, and where it is measured there.
 *
 * @param worktree the folder; gone when this is closed
 * @param site where commands run
 */
record Checkout(Worktree worktree, Site site) implements AutoCloseable {
    String commit() {
        return worktree.commit();
    }

    @Override
    public void close() {
        worktree.close();
    }
}
