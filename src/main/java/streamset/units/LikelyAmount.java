package streamset.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody most likely means by an amount in a form that is not read here, for remedies. Letters count in either case, a
 * comma as a decimal point, and blanks do not count. Every size in bytes has powers of 1024, as PostgreSQL's units have: so
 * nobody gets less than was meant.
 */
public final class LikelyAmount {
    private static final Pattern AMOUNT =
            Pattern.compile("(\\d{1,12}(?:[.,]\\d{1,9})?|[.,]\\d{1,9})\\s*(%|\\p{L}*)(?:\\s*/\\s*s)?\\.?");
    private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3},\\d{3}\\D*"); // or three decimals: nobody knows
    private static final Pattern SIZE_UNIT = Pattern.compile("(b|bytes?)|([kmgtp])(?:i?b?|[a-z]*bytes?)");
    private static final Pattern MILLICORES = Pattern.compile("m|mc|milli(?:core|cpu)?s?");
    private static final Pattern CORES = Pattern.compile("|c|v?cpus?|v?cores?");
    private static final Pattern TIME_UNIT =
            Pattern.compile("(s)(?:ecs?|econds?)?|(m)(?:ins?|inutes?)?|(h)(?:rs?|ours?)?|(d)(?:ays?)?|(w)(?:eeks?)?");
    private static final Pattern PERCENT = Pattern.compile("%|percent|pct");
    private static final String PREFIXES = "kmgtp";
    private static final int STEP = 1024; // between two units of size
    private static final int DAYS_OF_A_WEEK = 7;

    private LikelyAmount() {}

    /** As a Kubernetes quantity of bytes: {@code 16GB} is {@code 16Gi}. */
    public static Optional<String> quantity(String text) {
        return amount(text).flatMap(amount -> {
            var written = number(amount).toPlainString() + amount.group(2);
            if (isAccepted(() -> ByteSize.parseQuantity(written))) {
                return Optional.of(written);
            }
            return size(amount, "", "i", "");
        });
    }

    /** As PostgreSQL writes sizes of WAL: {@code 1.5GB} is {@code 1536MB}, and a number without a unit has megabytes. */
    public static Optional<String> postgres(String text) {
        return amount(text).flatMap(amount -> size(amount, "MB", "B", "B"));
    }

    /** As a Kubernetes quantity of processor time: {@code 2 cores} is {@code 2}. */
    public static Optional<String> cpu(String text) {
        return amount(text).flatMap(amount -> {
            var unit = amount.group(2).toLowerCase(Locale.ROOT);
            var number = number(amount);
            if (MILLICORES.matcher(unit).matches()) {
                return Optional.of(number.setScale(0, RoundingMode.CEILING) + "m");
            }
            return CORES.matcher(unit).matches() ? Optional.of(cores(number)) : Optional.empty();
        });
    }

    /** As {@code streamset:wal.standbyOutage}: {@code 1.5 hours} is {@code 90m}. */
    public static Optional<String> time(String text) {
        return amount(text).flatMap(amount -> {
            var unit = TIME_UNIT.matcher(amount.group(2).toLowerCase(Locale.ROOT));
            return unit.matches() ? Optional.of(time(number(amount), unit)) : Optional.empty();
        });
    }

    /** As a percentage: {@code 0.2} is {@code 20%}. */
    public static Optional<String> percentage(String text) {
        return amount(text).flatMap(amount -> {
            var number = number(amount);
            var unit = amount.group(2).toLowerCase(Locale.ROOT);
            boolean isShare = unit.isEmpty() && number.compareTo(BigDecimal.ONE) < 0;
            return isShare || unit.isEmpty() || PERCENT.matcher(unit).matches()
                    ? Optional.of((isShare ? number.movePointRight(2) : number).setScale(0, RoundingMode.HALF_UP) + "%")
                    : Optional.empty();
        });
    }

    private static Optional<Matcher> amount(String text) {
        var amount = AMOUNT.matcher(text.strip());
        return amount.matches() && !THOUSANDS.matcher(text.strip()).matches() ? Optional.of(amount) : Optional.empty();
    }

    private static BigDecimal number(Matcher amount) {
        return new BigDecimal(amount.group(1).replace(',', '.'));
    }

    private static boolean isAccepted(Runnable parser) {
        try {
            parser.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @param bare the unit of a number without one; empty when such a number says nothing
     * @param suffix behind the letter of a unit
     * @param bytes the unit of bytes
     */
    private static Optional<String> size(Matcher amount, String bare, String suffix, String bytes) {
        var written = amount.group(2).isEmpty() ? bare : amount.group(2);
        var unit = SIZE_UNIT.matcher(written.toLowerCase(Locale.ROOT));
        if (!unit.matches()) {
            return Optional.empty();
        }
        var number = number(amount);
        if (unit.group(1) != null) {
            return Optional.of(number.setScale(0, RoundingMode.CEILING) + bytes);
        }
        int prefix = PREFIXES.indexOf(unit.group(2));
        boolean isWhole = number.stripTrailingZeros().scale() <= 0;
        if (!isWhole && prefix > 0) {
            number = number.multiply(BigDecimal.valueOf(STEP));
            prefix--;
        }
        var letter = PREFIXES.substring(prefix, prefix + 1);
        return Optional.of(number.setScale(0, RoundingMode.CEILING)
                + (suffix.equals("B") && prefix == 0 ? letter : letter.toUpperCase(Locale.ROOT))
                + suffix);
    }

    private static String cores(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 3
                ? number.toPlainString()
                : number.movePointRight(3).setScale(0, RoundingMode.CEILING) + "m";
    }

    private static String time(BigDecimal number, Matcher unit) {
        if (unit.group(5) != null) {
            return number.multiply(BigDecimal.valueOf(DAYS_OF_A_WEEK)).setScale(0, RoundingMode.CEILING) + "d";
        }
        boolean isWhole = number.stripTrailingZeros().scale() <= 0 || unit.group(1) != null;
        var whole = isWhole ? number : number.multiply(BigDecimal.valueOf(unit.group(4) != null ? 24 : 60));
        var smaller = unit.group(4) != null ? "h" : unit.group(3) != null ? "m" : "s";
        return whole.setScale(0, RoundingMode.CEILING) + (isWhole ? unit.group().substring(0, 1) : smaller);
    }
}
