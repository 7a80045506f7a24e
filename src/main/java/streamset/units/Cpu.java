package streamset.units;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Processor time as Kubernetes counts it.
 *
 * @param millicores thousandths of a core, at least 1
 */
public record Cpu(long millicores) {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(m?)");

    public Cpu {
        if (millicores < 1) {
            throw new IllegalArgumentException("must be at least 1m");
        }
    }

    /**
     * Reads a Kubernetes quantity of processor time (500m, 2, 0.5).
     *
     * @throws IllegalArgumentException when the text is not a quantity, or less than a thousandth of a core
     */
    public static Cpu parse(String text) {
        var matcher = QUANTITY.matcher(text.strip());
        if (matcher.matches()) {
            var number = new BigDecimal(matcher.group(1));
            var millicores = matcher.group(2).isEmpty() ? number.movePointRight(3) : number;
            if (millicores.signum() > 0 && millicores.stripTrailingZeros().scale() <= 0) {
                return new Cpu(millicores.longValueExact());
            }
        }
        throw new IllegalArgumentException("must be a Kubernetes quantity of processor time, such as 500m or 2");
    }

    /** The canonical Kubernetes quantity; the API server would rewrite any other form, and every diff would show that. */
    public String quantity() {
        return millicores % 1000 == 0 ? Long.toString(millicores / 1000) : millicores + "m";
    }
}
