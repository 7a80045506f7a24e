package streamset.review;

import java.util.ArrayList;

/** Whole numbers in a range as a regular expression, for schemas: what stands between quotation marks is a text to them. */
final class DigitRange {
    private DigitRange() {}

    /**
     * @param least not negative
     * @return an expression for the decimal digits of the numbers, without zeros in front
     */
    static String pattern(long least, long most) {
        var parts = new ArrayList<String>();
        for (long from = least; from <= most; ) {
            long to = endOfBlock(from, most);
            parts.add(digits(Long.toString(from), Long.toString(to)));
            from = to + 1;
        }
        return parts.size() == 1 ? parts.get(0) : "(" + String.join("|", parts) + ")";
    }

    /** The last number up to which one digit after the other says all: 100 to 199, 120 to 129, 125 to 127. */
    private static long endOfBlock(long from, long most) {
        long step = 1;
        while (from % (step * 10) == 0 && from > 0 && from + step * 10 - 1 <= most) {
            step *= 10;
        }
        long end = from + step - 1;
        while (end + step <= most && (end + 1) / step % 10 != 0 && sameLength(from, end + step)) {
            end += step;
        }
        return end;
    }

    private static boolean sameLength(long one, long other) {
        return Long.toString(one).length() == Long.toString(other).length();
    }

    private static String digits(String from, String to) {
        var pattern = new StringBuilder();
        int any = 0; // digits that can be each of the ten
        for (int i = 0; i < from.length(); i++) {
            char least = from.charAt(i);
            char most = to.charAt(i);
            if (least == '0' && most == '9') {
                any++;
            } else {
                pattern.append(least == most ? String.valueOf(least) : "[" + least + "-" + most + "]");
            }
        }
        return pattern + (any == 0 ? "" : any == 1 ? "[0-9]" : "[0-9]{" + any + "}");
    }
}
