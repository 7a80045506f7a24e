package streamset.settings;

import java.util.ArrayList;
import streamset.catalog.Catalog;
import streamset.problems.Problems;

/** Whether this version of PostgreSQL knows each parameter and accepts its value. */
record ParameterChecks(FixedParameters fixed, Catalog catalog, Problems problems) {

    /** Adds what is wrong; returns the settings that the server accepts, without the fixed ones. */
    WrittenSettings check(WrittenSettings settings) {
        var taken = new ArrayList<WrittenSetting>();
        for (var written : settings.all()) {
            if (!fixed.isFixed(written.name()) && isTaken(written)) {
                taken.add(written);
            }
        }
        return new WrittenSettings(taken, catalog);
    }

    private boolean isTaken(WrittenSetting written) {
        var parameter = written.setting().parameter();
        if (parameter.isEmpty()) {
            unknown(written);
            return false;
        }
        try {
            parameter.get().canonical(written.setting().value());
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(written.subject(), written.shown(), e.getMessage(), written.removal());
            return false;
        }
    }

    private void unknown(WrittenSetting written) {
        if (!catalog.ofUnknownExtension(written.name())) {
            problems.add(written.subject(), written.shown(), catalog.whyUnknown(written.name()), written.removal());
        } else {
            problems.warn(
                    written.subject(),
                    written.shown(),
                    "belongs to an extension that is not known here, so nothing about it was checked; if only a restart"
                            + " can change it, the reload Job says so",
                    written.removal());
        }
    }
}
