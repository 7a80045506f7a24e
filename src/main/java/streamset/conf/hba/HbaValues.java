package streamset.conf.hba;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The databases or the users of a line, which fits when one of them does. */
final class HbaValues<T extends HbaValue<T>> {
    private final Set<T> words; // there may be thousands
    private final List<T> patterns; // those of them that can fit more than a single name

    HbaValues(List<T> words) {
        this.words = new LinkedHashSet<>(words);
        this.patterns = this.words.stream().filter(word -> !word.isName()).toList();
    }

    /** In the order of the file, each once. */
    Stream<T> words() {
        return words.stream();
    }

    Match matches(HbaQuestion question) {
        return words.stream().map(word -> word.matches(question)).reduce(Match.NO, Match::or);
    }

    /** Whether it fits every connection that other words fit. */
    boolean covers(HbaValues<T> other) {
        return other.words.stream().allMatch(this::covers);
    }

    private boolean covers(T word) {
        return words.contains(word) || patterns.stream().anyMatch(pattern -> pattern.covers(word));
    }
}
