package streamset.features;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import streamset.config.Section;

/**
 * A single value of an object that Kubernetes defines.
 *
 * @param section the object
 * @param name of the value
 */
public record Field(Section section, String name) {
    /** The value; empty when it is not set. */
    public <T> Optional<T> value(Function<String, T> parser, String example) {
        return section.value(name, text -> Optional.of(parser.apply(text)), Optional.empty(), example);
    }

    /** The value; a problem when it is not set. */
    public <T> Optional<T> required(Function<String, T> parser, String example, String reason) {
        var value = value(parser, example);
        if (value.isEmpty() && !section.isFaulty(name)) {
            section.problem(name, Section.NOT_SET, reason, section.setCommand(name, example));
        }
        return value;
    }

    /** A parser of one of these words. */
    public static Function<String, String> oneOf(Set<String> words) {
        return text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", new TreeSet<>(words)));
            }
            return text;
        };
    }

    /** A parser of a whole number. */
    public static Function<String, Integer> number(int least, int most) {
        return text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new IllegalArgumentException("must be a whole number, " + least + " … " + most);
            }
            return Integer.valueOf(text);
        };
    }
}
