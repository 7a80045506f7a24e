package streamset.settings;

import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;

/** The other remedy for what the image lacks. */
final class OwnImage {
    private OwnImage() {}

    /** An image on the stack's own and no other, so that no data are read by another version or on another Linux. */
    static String orImage(StackConfig config, String removal) {
        return removal + "; or build an image on " + config.image() + " that has it: "
                + new ConfigCommand(StackConfig.NAMESPACE + ":", "image", false).set("<image>");
    }
}
