package streamset.security;

import java.util.List;
import java.util.stream.Collectors;

/** docs/security.md, whose table the suite writes. */
final class SecurityPage {
    private static final String DECLARED = "<!-- the table: make e2e-security -->\n";
    private static final String AUTOMATIC = "<!-- the table: make e2e-security ENGINE=patroni -->\n";
    private static final String END = "<!-- end of the table -->";
    private static final String HEADING =
            "| who | what happens | decided by | what the client says |\n|---|---|---|---|\n";

    private SecurityPage() {}

    /**
     * The page with another table.
     *
     * @param patroni which of the two
     */
    static String inserted(String page, boolean patroni, List<Outcome> outcomes) {
        var rows = outcomes.stream().map(Outcome::row).collect(Collectors.joining());
        int begin = begin(page, patroni);
        return page.substring(0, begin) + HEADING + rows + page.substring(page.indexOf(END, begin));
    }

    /** Who is in the table. */
    static List<String> who(String page, boolean patroni) {
        int begin = begin(page, patroni);
        return page.substring(begin, page.indexOf(END, begin))
                .lines()
                .skip(HEADING.lines().count())
                .map(row -> row.split(" \\| ")[0].substring("| ".length()))
                .toList();
    }

    private static int begin(String page, boolean patroni) {
        var heading = patroni ? AUTOMATIC : DECLARED;
        return page.indexOf(heading) + heading.length();
    }
}
