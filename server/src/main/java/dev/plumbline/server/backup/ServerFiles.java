package dev.plumbline.server.backup;

import dev.plumbline.server.data.FolderLock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a server's folder, apart from those that are worth nothing tomorrow. */
final class ServerFiles {
    static final String DATABASE = "server.db";
    static final String PROJECTS = "projects";
    static final String HISTORY = "history.db";

    /** Beside a database while it is used; what they hold is in the copy. */
    private static final List<String> OF_DATABASE = List.of("-wal", "-shm", "-journal");

    private static final Set<String> LEFT_OUT = Set.of("scratch", FolderLock.FILE, Manifest.FILE);

    /** Answers that are computed again, and what was not finished. */
    private static final String PAGES = "pages";

    private static final String PART = "part-";

    private ServerFiles() {}

    static boolean isDatabase(String name) {
        return name.equals(DATABASE) || name.matches(PROJECTS + "/[^/]+/" + HISTORY);
    }

    /** The names of all files, with slashes; an index of a pack after the packs. */
    static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        // a pack is there before its index: what has an index in the first walk has its pack in the second
        walk(folder, name -> {
            if (name.endsWith(".idx")) {
                indexes.add(name);
            }
        });
        walk(folder, name -> {
            if (!name.endsWith(".idx")) {
                names.add(name);
            }
        });
        names.addAll(indexes);
        return names;
    }

    /** Takes names. */
    private interface Taker {
        void take(String name);
    }

    private static void walk(Path folder, Taker taker) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                String name = name(folder, visited);
                boolean isLeftOut = LEFT_OUT.contains(name)
                        || name.matches(PROJECTS + "/[^/]+/" + PAGES)
                        || visited.getFileName().toString().startsWith(PART);
                return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = name(folder, file);
                boolean isLeftOut = LEFT_OUT.contains(name)
                        || !attributes.isRegularFile()
                        || OF_DATABASE.stream().anyMatch(end -> name.endsWith(".db" + end));
                if (!isLeftOut) {
                    taker.take(name);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (Files.exists(file)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE; // a command that ended took it away
            }
        });
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** The folders of the projects that have a history in a file. */
    static List<Path> projects(Path folder) throws IOException {
        Path all = folder.resolve(PROJECTS);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> projects = Files.list(all)) {
            return projects.filter(project -> Files.isRegularFile(project.resolve(HISTORY)))
                    .sorted()
                    .toList();
        }
    }

    /** Whether there is nothing in a folder, or no folder; an unheld lock does not count. */
    static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.allMatch(file -> file.getFileName().toString().equals(FolderLock.FILE));
        }
    }
}
