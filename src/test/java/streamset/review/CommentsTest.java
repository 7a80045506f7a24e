package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What becomes of the comments of a stack file that is edited. */
@Tag("unit")
class CommentsTest {
    private static final long SEED = Long.getLong("comments.seed", 5);
    private static final int FILES = Integer.getInteger("comments.files", 400);

    private static String without(String text, String... steps) {
        return new StackText(text, "a").without(List.of(steps)).text();
    }

    @Test
    void goWithTheKeyThatTheyAreRightAbove() {
        var text = """
                # of the file
                config:
                  # first

                  # of two
                  # keys
                  a:x: 1  # one
                  # and of one
                  a:y:
                    # of b
                    b: 1
                    # c: 1

                    # of the rest
                  # of the last
                  a:z: 3
                """;
        assertEquals(text.replace("  # of two\n  # keys\n  a:x: 1  # one\n", ""), without(text, "a:x"));
        var whole = "  # and of one\n  a:y:\n    # of b\n    b: 1\n    # c: 1\n";
        assertEquals(text.replace(whole, ""), without(text, "a:y"));
        assertEquals(text.replace(whole, ""), without(text, "a:y", "b"));
        assertEquals(text.replace("  # of the last\n  a:z: 3\n", ""), without(text, "a:z"));
    }

    @Test
    void thatBeginTheFileAreAboutAllOfIt() {
        var text = "# yaml-language-server: $schema=x\nsecretsprovider: x\n# the keys\nconfig:\n  a:x: 1\n";
        assertEquals(
                "# yaml-language-server: $schema=x\n# the keys\nconfig:\n  a:x: 1\n",
                new StackText(text, "a").withoutTopLevel("secretsprovider").text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {b: 1, c: 2, d: 3}                   | b | {c: 2, d: 3}
            {b: 1, c: 2, d: 3}                   | c | {b: 1, d: 3}
            {b: 1, c: 2, d: 3}                   | d | {b: 1, c: 2}
            {b: 1, c: 2, }                       | c | {b: 1 }
            {b: 1, # of b;   c: 2}               | b | {;   c: 2}
            {b: 1, # of b;   c: 2}               | c | {b: 1 # of b;   }
            {b: 1, # of b;   # of c;   c: 2}     | c | {b: 1 # of b;   }
            {b: 1, # of b;   # of c;   c: 2}     | b | {;   # of c;   c: 2}
            {b: 1, c: 2, # of both;   d: 3}      | c | {b: 1, # of both;   d: 3}
            {b: 1, c: 2, # of both;   d: 3}      | b | {c: 2, # of both;   d: 3}
            {;   b: 1, # of b;   c: 2 # of c;  } | c | {;   b: 1 # of b;  }
            {;   b: 1, # of b;   c: 2, # of c;  } | c | {;   b: 1, # of b;  }
            {;   b: 1, # of b;   c: 2 # of c;  } | b | {;   c: 2 # of c;  }
            {;   # of b;   b: 1,;;   # of c;   c: 2;  } | b | {;;   # of c;   c: 2;  }
            {;   b: 1 # of b;   , c: 2 # of c;  } | b | {;   c: 2 # of c;  }
            {;   b: 1 # of b;   , c: 2 # of c;  } | c | {;   b: 1 # of b;    # of c;  }
            {b: "a, # b", c: "}"}                | b | {c: "}"}
            """)
    void betweenBracesGoWithTheLineThatTheyAreOn(String value, String field, String after) {
        var text = "config:\n  a:x: " + value.replace(';', '\n') + "\n";
        assertEquals("config:\n  a:x: " + after.replace(';', '\n') + "\n", without(text, "a:x", field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {b: 1}                        | {b: 1, z: 9}
            {b: 1,}                       | {b: 1, z: 9,}
            {b: 1 # of b;  }              | {b: 1, z: 9 # of b;  }
            {;   b: 1 # of b;  }          | {;   b: 1, # of b;   z: 9;  }
            {;   b: 1, # of b;  }         | {;   b: 1, # of b;   z: 9,;  }
            { # none;  }                  | { # none;  z: 9}
            """)
    void betweenBracesStayWithTheirLineWhereAnEntryIsAdded(String value, String after) {
        var text = "config:\n  a:x: " + value.replace(';', '\n') + "\n";
        assertEquals(
                "config:\n  a:x: " + after.replace(';', '\n') + "\n",
                new StackText(text, "a").with(List.of("a:x", "z"), "9").text());
    }

    /** Whatever is deleted, the rest has the values and the comments that it had. */
    @Test
    void ofOtherKeysStayInFilesOfEveryForm() {
        var random = new Random(SEED);
        for (int i = 0; i < FILES; i++) {
            var file = new RandomComments(random);
            var steps = file.paths().get(random.nextInt(file.paths().size()));
            var edited = without(file.text(), steps.toArray(String[]::new));
            var context = "seed " + SEED + " without " + steps + "\n" + file.text() + "\nis\n" + edited;
            assertEquals(withoutPath(values(file.text()), steps), values(edited), context);
            for (String comment : file.commentsOfOthers(steps)) {
                assertTrue(edited.contains(comment), comment + "\n" + context);
            }
            for (String comment : file.commentsOf(steps)) {
                assertFalse(edited.contains(comment), comment + "\n" + context);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> values(String text) {
        var root = (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
        return (Map<String, Object>) root.get("config");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> withoutPath(Map<String, Object> values, List<String> steps) {
        var copy = new TreeMap<>(values);
        if (steps.size() == 1) {
            copy.remove(steps.get(0));
            return copy;
        }
        var inner = withoutPath((Map<String, Object>) copy.get(steps.get(0)), steps.subList(1, steps.size()));
        if (inner.isEmpty()) {
            copy.remove(steps.get(0));
        } else {
            copy.put(steps.get(0), inner);
        }
        return copy;
    }

    /** A stack file with a comment at each entry, some of which are objects in either style. */
    private static final class RandomComments {
        private final Random random;
        private final StringBuilder text = new StringBuilder("config:\n");
        private final List<List<String>> paths = new ArrayList<>();
        private final Map<String, List<String>> comments = new TreeMap<>(); // by path
        private int count;

        RandomComments(Random random) {
            this.random = random;
            int keys = 2 + random.nextInt(3);
            for (int key = 0; key < keys; key++) {
                key("a:k" + key);
            }
        }

        private void key(String name) {
            var path = List.of(name);
            if (random.nextInt(3) == 0) {
                text.append("\n");
            }
            above(path, "  ");
            switch (random.nextInt(4)) {
                case 0 ->
                    text.append("  ")
                            .append(name)
                            .append(": 1")
                            .append(behind(path))
                            .append("\n");
                case 1 -> {
                    text.append("  ")
                            .append(name)
                            .append(":")
                            .append(behind(path))
                            .append("\n");
                    fields(path, "    ", "", "\n");
                }
                case 2 -> {
                    text.append("  ").append(name).append(": {\n");
                    fields(path, "    ", ",", "\n");
                    text.append("  }\n");
                }
                default -> {
                    text.append("  ").append(name).append(": {");
                    fields(path, "", ", ", "");
                    text.append("}").append(behind(path)).append("\n");
                }
            }
            paths.add(path);
        }

        private void fields(List<String> key, String indent, String comma, String end) {
            int fields = 1 + random.nextInt(3);
            for (int field = 0; field < fields; field++) {
                var path = List.of(key.get(0), "f" + field);
                boolean hasComments = !end.isEmpty();
                if (hasComments) {
                    above(path, indent);
                }
                text.append(indent).append("f").append(field).append(": ").append(field);
                text.append(field < fields - 1 ? comma : "");
                text.append(hasComments ? behind(path) : "").append(end);
                paths.add(path);
            }
        }

        private void above(List<String> path, String indent) {
            for (int line = random.nextInt(3); line > 0; line--) {
                text.append(indent).append(comment(path)).append("\n");
            }
        }

        private String behind(List<String> path) {
            return random.nextBoolean() ? "  " + comment(path) : "";
        }

        private String comment(List<String> path) {
            var comment = "# comment " + count++ + ".";
            comments.computeIfAbsent(String.join(".", path), any -> new ArrayList<>())
                    .add(comment);
            return comment;
        }

        String text() {
            return text.toString();
        }

        List<List<String>> paths() {
            return paths;
        }

        /** Those of a path and of what is in it; and of the object around it, when nothing else is in that. */
        List<String> commentsOf(List<String> steps) {
            var key = steps.get(0);
            boolean isOnly = paths.stream()
                            .filter(path -> path.size() == 2 && path.get(0).equals(key))
                            .count()
                    == 1;
            var gone = steps.size() == 2 && !isOnly ? String.join(".", steps) : key;
            return comments.entrySet().stream()
                    .filter(one -> one.getKey().equals(gone) || one.getKey().startsWith(gone + "."))
                    .flatMap(one -> one.getValue().stream())
                    .toList();
        }

        List<String> commentsOfOthers(List<String> steps) {
            var gone = commentsOf(steps);
            return comments.values().stream()
                    .flatMap(List::stream)
                    .filter(comment -> !gone.contains(comment))
                    .toList();
        }
    }
}
