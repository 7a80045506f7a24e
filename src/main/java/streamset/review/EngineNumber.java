package streamset.review;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers in the form in which the engine passes them on: Go's JSON form (encoding/json, encode.go). */
final class EngineNumber {
    private static final int MOST_DIGITS = 17; // no double needs more
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double LARGEST_PLAIN = 1e21;
    private static final BigInteger MOST_IN_OBJECTS = BigInteger.valueOf(Long.MAX_VALUE);

    private EngineNumber() {}

    /** A number of {@link EngineScalar} as text. */
    static String text(JsonNode number) {
        return number.isIntegralNumber() ? number.bigIntegerValue().toString() : text(number.doubleValue());
    }

    /** The shortest text that reads back as the same number. */
    static String text(double number) {
        if (number == 0) {
            return "0";
        }
        var shortest = new BigDecimal(shortest(number));
        double size = Math.abs(number);
        if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
            return shortest.stripTrailingZeros().toPlainString();
        }
        var digits = shortest.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.scaleByPowerOfTen(-exponent).toPlainString() + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }

    // Double.toString of Java before 19 is not always the shortest
    private static String shortest(double number) {
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            var text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", number);
            if (Double.parseDouble(text) == number) {
                return text;
            }
        }
        return Double.toString(number);
    }

    /** The same number within an object or a list, where the engine converts unsigned integers to floats. */
    static JsonNode inObject(JsonNode number) {
        if (!number.isIntegralNumber() || number.bigIntegerValue().compareTo(MOST_IN_OBJECTS) <= 0) {
            return number;
        }
        var text = text(number.doubleValue());
        return JsonMapper.shared().getNodeFactory().numberNode(new BigDecimal(text));
    }
}
