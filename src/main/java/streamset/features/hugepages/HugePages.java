package streamset.features.hugepages;

import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Feature;
import streamset.features.FixedSetting;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.sizing.HugePagesUse;
import streamset.units.ByteSize;
import streamset.units.LikelyAmount;

/** {@code streamset:resources.hugePages}: the servers have their shared memory in huge pages, which the pods request. */
public final class HugePages implements Feature {
    private static final ByteSize PAGE = HugePagesUse.PAGE;
    private static final String REASON = "streamset:resources.hugePages";

    // "try" would fall back to normal pages, which the container's memory has no room for; and a node may have larger
    // pages too
    private static final FixedSetting ON = new FixedSetting(ParameterName.HUGE_PAGES, "on", REASON);
    private static final FixedSetting SIZE =
            new FixedSetting(ParameterName.HUGE_PAGE_SIZE, "2MB", REASON + ", of which the pods request this size");

    @Override
    public Parts read(Section keys, StackConfig config) {
        return keys.object("resources")
                .value(
                        "hugePages",
                        text -> Optional.of(wholePages(text)),
                        Optional.<ByteSize>empty(),
                        "512Mi",
                        text -> LikelyAmount.quantity(text).flatMap(HugePages::roundedUp))
                .map(size -> Parts.of(new Part.HugePages(size), ON, SIZE))
                .orElse(Parts.NONE);
    }

    private static Optional<String> roundedUp(String text) {
        try {
            var lacking = PAGE.minus(new ByteSize(1));
            return Optional.of(
                    ByteSize.parseQuantity(text).plus(lacking).wholes(PAGE).quantity());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ByteSize wholePages(String text) {
        var size = ByteSize.parseQuantity(text);
        if (size.bytes() % PAGE.bytes() != 0) {
            throw new IllegalArgumentException("must be a multiple of 2Mi, the size of a page");
        }
        return size;
    }
}
