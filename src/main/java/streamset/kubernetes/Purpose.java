package streamset.kubernetes;

import java.util.regex.Pattern;

/**
 * What an object is for, within its cluster: what stands behind the name of its component in the name by which Pulumi recognizes it.
 * The name of a component may have hyphens too, so it must be certain where it ends: no purpose may end in another one behind a hyphen.
 */
public final class Purpose {
    private static final Pattern PURPOSE = Pattern.compile(
            "[a-z]+(-\\d{1,3})?|(servers|jobs|restoretest)-policy|backup-(full|incremental|verify|restoretest)");

    private Purpose() {}

    /** Whether an object can have it. */
    public static boolean isOne(String text) {
        return PURPOSE.matcher(text).matches();
    }
}
