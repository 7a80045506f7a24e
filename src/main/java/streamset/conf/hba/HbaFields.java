package streamset.conf.hba;

import java.util.List;

/** The fields of a line of pg_hba.conf while it is read, from left to right. */
final class HbaFields {
    private final List<List<HbaToken>> fields;
    private int next;

    HbaFields(HbaLine line) {
        this.fields = line.fields();
    }

    /**
     * The words of the next field.
     *
     * @param name of the field, for the message if it is missing
     * @param form the correct form of the line, for the same message
     */
    List<HbaToken> words(String name, String form) throws HbaRefusal {
        if (next == fields.size()) {
            throw new HbaRefusal("ends before the " + name, form);
        }
        return fields.get(next++);
    }

    /** The word of the next field, which must be the only one. */
    HbaToken word(String name, String form) throws HbaRefusal {
        var words = words(name, form);
        if (words.size() > 1) {
            throw new HbaRefusal(
                    "has " + words.size() + " words as the " + name + ", where only one is allowed",
                    "write one line for each");
        }
        return words.get(0);
    }

    /** The words of all remaining fields. */
    List<HbaToken> rest() {
        return fields.subList(next, fields.size()).stream()
                .flatMap(List::stream)
                .toList();
    }
}
