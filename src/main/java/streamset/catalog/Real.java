package streamset.catalog;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Fractions in the form in which PostgreSQL shows them. */
final class Real {
    private static final int DIGITS = 6; // of printf("%g")
    private static final int LEAST_EXPONENT = -4; // below it and from DIGITS on, %g writes an exponent

    private Real() {}

    /** The value in the form of {@code printf("%g")}. */
    static String show(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        var rounded = new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= LEAST_EXPONENT && exponent < DIGITS) {
            return rounded.toPlainString();
        }
        return rounded.movePointLeft(exponent).toPlainString()
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
