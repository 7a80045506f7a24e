package streamset.conf.hba;

import java.util.regex.Pattern;

/** What the words of a line of pg_hba.conf must not be, wherever they stand. */
final class HbaWords {
    private static final int ADDRESS_FIELD = 3;

    // what looks like a blank, or like nothing, but is part of a word for PostgreSQL
    private static final Pattern UNUSUAL_SPACE = Pattern.compile("[\\p{Z}\\p{Cf}\\p{Cc}&&[^ ]]");

    private HbaWords() {}

    static void check(HbaLine line) throws HbaRefusal {
        for (int field = 0; field < line.fields().size(); field++) {
            for (var word : line.fields().get(field)) {
                checkInclusion(word);
                checkSpace(word);
                checkPods(word, field);
            }
        }
    }

    private static void checkInclusion(HbaToken word) throws HbaRefusal {
        if (word.isInclusion()) {
            throw new HbaRefusal(
                    "an included file is not there in the pods", "write its words here, with commas between");
        }
    }

    private static void checkSpace(HbaToken word) throws HbaRefusal {
        var space = UNUSUAL_SPACE.matcher(word.text());
        if (!word.quoted() && space.find()) {
            throw new HbaRefusal(
                    "has the character U+%04X, which does not separate words for PostgreSQL but belongs to one"
                            .formatted(word.text().codePointAt(space.start())),
                    "separate words with blanks or tabs; a name that really has it goes in double quotes");
        }
    }

    private static void checkPods(HbaToken word, int field) throws HbaRefusal {
        boolean isAddress = field == ADDRESS_FIELD && word.text().equals(HbaLine.PODS);
        if (word.text().contains(HbaLine.PODS) && !isAddress) {
            throw new HbaRefusal(
                    HbaLine.PODS + " stands for the addresses of the pods, and nothing else",
                    "write it as: host  DATABASE  USER  " + HbaLine.PODS + "  METHOD");
        }
    }
}
