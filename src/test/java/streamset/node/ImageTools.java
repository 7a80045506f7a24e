package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The small programs that the scripts find: those that an image must have, and no other, so the list is proven whole. */
final class ImageTools {
    private static final Path LIST = Path.of("src/main/bash/facts/image.sh");
    private static final Pattern PROGRAMS = Pattern.compile("(?s)IMAGE_PROGRAMS=\\((.*?)\\)");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String NO_APPLET_IN_DEBIAN = "flock"; // Alpine's BusyBox has it
    private static final Pattern OF_POSTGRES = Pattern.compile("postgres|initdb|psql|pg_.*|docker-entrypoint.sh");
    // bash itself, what this machine needs to make a pod of a process, and what stands for programs of the image in
    // tests
    private static final List<String> OF_THE_TESTS = List.of("bash", "sh", "env", "mount", "setpriv", "kill");

    private ImageTools() {}

    static List<String> listed() {
        try {
            var list = PROGRAMS.matcher(Files.readString(LIST));
            if (!list.find()) {
                throw new AssertionError("no list of programs in " + LIST);
            }
            return Stream.of(list.group(1).strip().split("\\s+"))
                    .filter(name -> !OF_POSTGRES.matcher(name).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GNU's, as the Debian variants of the official image have them. */
    static Path gnu(Path parent) {
        return links(parent.resolve("gnu"), false);
    }

    /** BusyBox's, as its Alpine variants have them. */
    static Path busyBox(Path parent) {
        return links(parent.resolve("busybox"), true);
    }

    private static Path links(Path folder, boolean busyBox) {
        try {
            Files.createDirectory(folder);
            for (String name : OF_THE_TESTS) {
                Files.createSymbolicLink(folder.resolve(name), installed(name));
            }
            for (String name : listed()) {
                boolean applet = busyBox && !NO_APPLET_IN_DEBIAN.equals(name);
                Files.createSymbolicLink(folder.resolve(name), applet ? BUSYBOX : installed(name));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path installed(String name) {
        var places = new ArrayList<>(List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"));
        return places.stream()
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + name));
    }
}
