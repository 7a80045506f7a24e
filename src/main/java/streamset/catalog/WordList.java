package streamset.catalog;

import java.util.List;

/**
 * Checks a list of words, in any case and order, with commas between them.
 *
 * @param words that are allowed in it
 * @param alone words that are allowed instead of a list
 */
record WordList(List<String> words, List<String> alone) implements CheckHook {
    WordList {
        words = List.copyOf(words);
        alone = List.copyOf(alone);
    }

    static WordList of(List<String> words) {
        return new WordList(words, List.of());
    }

    /** The text itself: PostgreSQL shows it unchanged. */
    @Override
    public String check(String value) {
        var list = IdentifierList.split(value).orElseThrow(this::refusal);
        boolean isAlone = list.size() == 1 && has(alone, list.get(0));
        if (!isAlone && !list.stream().allMatch(word -> has(words, word))) {
            throw refusal();
        }
        return value;
    }

    private static boolean has(List<String> words, String word) {
        return words.stream().anyMatch(word::equalsIgnoreCase);
    }

    private IllegalArgumentException refusal() {
        return new IllegalArgumentException("must be a list of: " + String.join(", ", words)
                + (alone.isEmpty() ? "" : "; or one of: " + String.join(", ", alone)));
    }
}
