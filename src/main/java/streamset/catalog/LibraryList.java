package streamset.catalog;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Libraries with commas between them, the form of shared_preload_libraries; varlena.c: SplitDirectoriesString. */
public final class LibraryList {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Pattern FOLDER = Pattern.compile("^.*/");
    private static final Pattern SUFFIX = Pattern.compile("\\.so$");

    private LibraryList() {}

    /** The names, without folders and file extensions. */
    public static Set<String> names(String text) {
        return Arrays.stream(COMMA.split(text.strip()))
                .map(LibraryList::unquoted)
                .map(path ->
                        SUFFIX.matcher(FOLDER.matcher(path).replaceFirst("")).replaceFirst(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String unquoted(String path) {
        boolean quoted = path.length() > 1 && path.startsWith("\"") && path.endsWith("\"");
        return quoted ? path.substring(1, path.length() - 1) : path;
    }
}
