package streamset.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import streamset.problems.NearestName;

/**
 * One of a few words, in any case.
 *
 * @param values the words that PostgreSQL lists
 * @param spellings other accepted words, and those of the list that it shows as another one: word to shown value
 */
record EnumType(List<String> values, Map<String, String> spellings) implements ValueType {
    EnumType {
        values = List.copyOf(values);
        spellings = Map.copyOf(spellings);
    }

    @Override
    public String canonical(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(spellings.get(word))
                .or(() -> value(word))
                .orElseThrow(() -> new IllegalArgumentException("must be one of: " + listed() + suggestion(word)));
    }

    private Optional<String> value(String word) {
        return values.stream().filter(value -> value.equalsIgnoreCase(word)).findFirst();
    }

    private String suggestion(String word) {
        var words = values.stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
        return NearestName.to(word, words)
                .flatMap(this::value)
                .map(value -> "; did you mean " + value + "?")
                .orElse("");
    }

    private String listed() {
        return values.stream().map(value -> value.isEmpty() ? "''" : value).collect(Collectors.joining(", "));
    }
}
