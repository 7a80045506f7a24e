package streamset.security;

import java.util.List;
import java.util.stream.Collectors;

/** docs/security.md, whose table the suite writes. */
final class SecurityPage {
    private static final String BEGIN = "<!-- the table: make e2e-security -->\n";
    private static final String END = "<!-- end of the table -->";
    private static final String HEADING =
            "| who | what happens | decided by | what the client says |\n|---|---|---|---|\n";

    private SecurityPage() {}

    /** The page with another table. */
    static String inserted(String page, List<Outcome> outcomes) {
        var rows = outcomes.stream().map(Outcome::row).collect(Collectors.joining());
        return page.substring(0, begin(page)) + HEADING + rows + page.substring(page.indexOf(END));
    }

    /** Who is in the table. */
    static List<String> who(String page) {
        return page.substring(begin(page), page.indexOf(END))
                .lines()
                .skip(HEADING.lines().count())
                .map(row -> row.split(" \\| ")[0].substring("| ".length()))
                .toList();
    }

    private static int begin(String page) {
        return page.indexOf(BEGIN) + BEGIN.length();
    }
}
