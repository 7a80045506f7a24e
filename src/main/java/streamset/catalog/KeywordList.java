package streamset.catalog;

import java.util.List;
import java.util.Locale;
import streamset.problems.NearestName;

/**
 * The check of a list of which only some words are taken, in any case; empty lists are.
 *
 * @param keywords in lower case
 * @param alone other words, in lower case, that are taken as the only one
 */
record KeywordList(List<String> keywords, List<String> alone) implements CheckHook {
    KeywordList(String... keywords) {
        this(List.of(keywords), List.of());
    }

    @Override
    public String check(String value) {
        var names = IdentifierList.split(value)
                .orElseThrow(() -> new IllegalArgumentException("must be a list with commas, of: " + listed()));
        if (names.size() == 1 && alone.contains(names.get(0).toLowerCase(Locale.ROOT))) {
            return value;
        }
        for (var name : names) {
            var word = name.toLowerCase(Locale.ROOT);
            if (!keywords.contains(word)) {
                throw new IllegalArgumentException("can list only: " + listed()
                        + NearestName.to(word, keywords)
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(""));
            }
        }
        return value;
    }

    private String listed() {
        return String.join(", ", keywords);
    }
}
