package streamset.conf.hba;

import java.util.regex.Pattern;

/** Words that are not allowed anywhere in a line of pg_hba.conf. */
final class HbaWords {
    private static final int ADDRESS_FIELD = 3;

    // characters that look like a blank or are invisible, but are part of a word for PostgreSQL
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
                    "an included file does not exist in the pods", "write its words here, with commas between");
        }
    }

    private static void checkSpace(HbaToken word) throws HbaRefusal {
        var space = UNUSUAL_SPACE.matcher(word.text());
        if (!word.quoted() && space.find()) {
            throw new HbaRefusal(
                    "has the character U+%04X, which does not separate words for PostgreSQL but belongs to one"
                            .formatted(word.text().codePointAt(space.start())),
                    "separate words with blanks or tabs; put a name that really contains it in double quotes");
        }
    }

    private static void checkPods(HbaToken word, int field) throws HbaRefusal {
        boolean isAddress = field == ADDRESS_FIELD && word.text().equals(HbaLine.PODS);
        if (word.text().contains(HbaLine.PODS) && !isAddress) {
            throw new HbaRefusal(
                    HbaLine.PODS + " can only be an address, that of the pods",
                    "write it as: host  DATABASE  USER  " + HbaLine.PODS + "  METHOD");
        }
    }
}
