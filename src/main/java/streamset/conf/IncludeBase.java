package streamset.conf;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import streamset.problems.Problems;

/**
 * The word {@value #WORD} at the top of a stack's own conf file: the lines of the base file stand in front of its own. No
 * server knows the word, so it is a comment in what the servers read.
 */
record IncludeBase(Problems problems) {
    static final String WORD = "include_base";

    private static final Pattern MEANT = Pattern.compile("(?i)\uFEFF?[ \t]*include_base(?![\\w.-]).*", Pattern.DOTALL);
    private static final Pattern WRITTEN = Pattern.compile("\uFEFF?[ \t]*include_base[ \t\r]*(#[^\n]*)?\n?");
    private static final Pattern NOTHING = Pattern.compile("\uFEFF?[ \t\r]*(#[^\n]*)?\n?");
    private static final Pattern JOINS_THE_NEXT = Pattern.compile(".*\\\\\r*\n?", Pattern.DOTALL); // in pg_hba.conf

    /** The stack's own file, behind the base file where it says so. */
    SourceFile in(SourceFile own, Supplier<SourceFile> base) {
        var lines = lines(own);
        boolean included = false;
        boolean atTheTop = true;
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1);
            if (MEANT.matcher(line).matches()) {
                check(own, number, included, atTheTop, line);
                included = true;
            }
            atTheTop &= NOTHING.matcher(line).matches() || MEANT.matcher(line).matches();
        }
        return included ? behind(base.get(), own, lines) : own;
    }

    /** The base file, which has none of its own. */
    SourceFile none(SourceFile base) {
        var lines = lines(base);
        for (int number = 1; number <= lines.size(); number++) {
            if (MEANT.matcher(lines.get(number - 1)).matches()) {
                refuse(base, number, lines.get(number - 1), "this is the base file itself", base.deletion(number));
            }
        }
        return new SourceFile(base.location(), withoutWord(lines));
    }

    private static List<String> lines(SourceFile file) {
        return List.of(file.text().split("(?<=\n)"));
    }

    private void check(SourceFile own, int number, boolean again, boolean atTheTop, String line) {
        if (again) {
            refuse(own, number, line, "the base file is there already, by a line above", own.deletion(number));
        } else if (!WRITTEN.matcher(line).matches()) {
            refuse(own, number, line, "the word stands alone in its line, in small letters", "write it as: " + WORD);
        } else if (!atTheTop) {
            refuse(
                    own,
                    number,
                    line,
                    "the lines of the base file come in front of all lines of this one, so the word has to stand there",
                    "move line " + number + " to the top of " + own.location());
        }
    }

    private void refuse(SourceFile file, int number, String line, String reason, String fix) {
        problems.add(file.line(number), line.strip(), reason, fix);
    }

    private static SourceFile behind(SourceFile base, SourceFile own, List<String> lines) {
        var first = base.text() + end(base.text());
        int count = (int) first.chars().filter(c -> c == '\n').count();
        return new SourceFile(own.location(), first + withoutWord(lines), new SourceFile.Front(base.location(), count));
    }

    /** What must follow so that the next line is one of its own. */
    private static String end(String text) {
        var end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return JOINS_THE_NEXT.matcher(text).matches() ? end + "\n" : end;
    }

    private static String withoutWord(List<String> lines) {
        var text = new StringBuilder();
        for (String line : lines) {
            int word = MEANT.matcher(line).matches()
                    ? line.toLowerCase(Locale.ROOT).indexOf(WORD)
                    : -1;
            text.append(word < 0 ? line : line.substring(0, word) + "#" + line.substring(word));
        }
        return text.toString();
    }
}
