package dev.plumbline.pipeline.measuring;

import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A revision checked out beside the user's working copy, gone when closed.
 *
 * @param git the repository
 * @param folder of the checkout
 * @param commit the full id
 */
record Worktree(Git git, Path folder, String commit) implements AutoCloseable {
    /** @throws IOException if there is no such revision or it cannot be checked out */
    static Worktree of(Git git, String revision, Path folder) throws IOException {
        String commit = git.commitOf(revision)
                .orElseThrow(
                        () -> new IOException(revision + ": unknown git revision" + NearRevision.hint(revision, git)));
        if (!git.addWorktree(folder, commit)) {
            throw new IOException(revision + ": git could not check it out into " + folder);
        }
        return new Worktree(git, folder, commit);
    }

    @Override
    public void close() {
        git.removeWorktree(folder);
    }
}
