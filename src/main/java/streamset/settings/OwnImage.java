package streamset.settings;

import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;

/** The alternative remedy for something that the image does not have. */
final class OwnImage {
    private OwnImage() {}

    /** Based on the stack's image, so that data are not read by another version or on another Linux. */
    static String orImage(StackConfig config, String removal) {
        return removal + "; or build an image on " + config.image() + " that has it: "
                + new ConfigCommand(StackConfig.NAMESPACE + ":", "image", false).set("<image>");
    }
}
