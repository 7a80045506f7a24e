package streamset.units;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An amount of memory or storage. Kubernetes and PostgreSQL write it differently, so there are two parsers; both
 * refuse what the other one would read differently (a Kubernetes {@code M} is 10⁶ bytes, a PostgreSQL {@code MB} 2²⁰).
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern KUBERNETES = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P|)");
    private static final Pattern POSTGRESQL = Pattern.compile("(\\d{1,12})\\s*(B|kB|MB|GB|TB)");
    private static final Map<String, Long> FACTORS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("B", 1L),
            Map.entry("k", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("T", 1_000_000_000_000L),
            Map.entry("P", 1_000_000_000_000_000L),
            Map.entry("Ki", 1L << 10),
            Map.entry("kB", 1L << 10),
            Map.entry("Mi", 1L << 20),
            Map.entry("MB", 1L << 20),
            Map.entry("Gi", 1L << 30),
            Map.entry("GB", 1L << 30),
            Map.entry("Ti", 1L << 40),
            Map.entry("TB", 1L << 40),
            Map.entry("Pi", 1L << 50));

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
    }

    public static ByteSize ofMegabytes(long megabytes) {
        return new ByteSize(Math.multiplyExact(megabytes, 1L << 20));
    }

    /**
     * Reads a Kubernetes quantity (512Mi, 10Gi, 2G, 1.5Gi).
     *
     * @throws IllegalArgumentException when the text is not a quantity, or not a whole number of bytes above 0
     */
    public static ByteSize parseQuantity(String text) {
        return parse(KUBERNETES, text, "must be a Kubernetes quantity of bytes, such as 512Mi or 10Gi");
    }

    /**
     * Reads a size in the form of postgresql.conf (152MB, 1GB). The unit is required: PostgreSQL reads a bare number in the
     * unit of the parameter.
     *
     * @throws IllegalArgumentException when the text is not a size, or 0
     */
    public static ByteSize parsePostgres(String text) {
        return parse(POSTGRESQL, text, "must be a size as PostgreSQL writes it, such as 152MB or 1GB");
    }

    private static ByteSize parse(Pattern pattern, String text, String expectation) {
        var matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(expectation);
        }
        var bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(FACTORS.get(matcher.group(2))));
        if (bytes.signum() <= 0
                || bytes.stripTrailingZeros().scale() > 0
                || bytes.toBigInteger().bitLength() > 62) {
            throw new IllegalArgumentException(expectation);
        }
        return new ByteSize(bytes.longValueExact());
    }

    public long megabytes() {
        return bytes >> 20;
    }

    public ByteSize plus(ByteSize other) {
        return new ByteSize(Math.addExact(bytes, other.bytes));
    }

    /** The difference; 0 when {@code other} is larger. */
    public ByteSize minus(ByteSize other) {
        return new ByteSize(Math.max(0, bytes - other.bytes));
    }

    public ByteSize times(int factor) {
        return new ByteSize(Math.multiplyExact(bytes, factor));
    }

    /** The size × numerator / denominator, rounded down; intermediate values do not overflow. */
    public ByteSize scaled(int numerator, int denominator) {
        return new ByteSize(bytes / denominator * numerator + bytes % denominator * numerator / denominator);
    }

    /** Rounded down to whole units. */
    public ByteSize wholes(ByteSize unit) {
        return new ByteSize(bytes / unit.bytes * unit.bytes);
    }

    public ByteSize max(ByteSize other) {
        return bytes < other.bytes ? other : this;
    }

    public ByteSize min(ByteSize other) {
        return bytes > other.bytes ? other : this;
    }

    /** The size in the form of postgresql.conf: whole megabytes, or whole kilobytes, rounded down. */
    public String postgres() {
        return bytes % (1 << 20) == 0 ? megabytes() + "MB" : (bytes >> 10) + "kB";
    }

    /** The size as a Kubernetes quantity: whole mebibytes or gibibytes, rounded up. */
    public String quantity() {
        long mebibytes = (bytes + (1L << 20) - 1) >> 20;
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "Gi" : mebibytes + "Mi";
    }

    /** The size for a sentence: {@code 152 MB}, {@code 3.6 GB}. */
    @Override
    public String toString() {
        return bytes < 10L << 30
                ? megabytes() + " MB"
                : String.format(Locale.ROOT, "%.1f GB", (double) bytes / (1L << 30));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }
}
