package streamset.config;

import java.util.regex.Pattern;

/** The rule for {@code streamset:image}. */
final class Image {
    private static final Pattern REFERENCE =
            Pattern.compile("[a-z0-9](?:[\\w.:/-]*?\\w)?(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@sha256:[0-9a-f]{64})?");
    private static final Pattern LEADING_NUMBER = Pattern.compile("(\\d+).*");

    private Image() {}

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it is no image reference, or its tag begins with another major version
     */
    static String ofMajor(String text, int major) {
        var reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            throw new IllegalArgumentException("must be an image reference, such as docker.io/library/postgres:18");
        }
        var tag = reference.group("tag");
        var number = LEADING_NUMBER.matcher(tag == null ? "" : tag);
        if (number.matches() && !number.group(1).equals(Integer.toString(major))) {
            throw new IllegalArgumentException("its tag says " + number.group(1) + ", streamset:version says " + major);
        }
        return text;
    }
}
