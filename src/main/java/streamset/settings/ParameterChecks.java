package streamset.settings;

import java.util.ArrayList;
import java.util.Optional;
import streamset.catalog.Catalog;
import streamset.problems.Problems;
import streamset.units.ByteSize;

/**
 * Whether this version of PostgreSQL knows each parameter and accepts its value.
 *
 * @param walSegment size of a WAL file, the unit of some old parameters
 */
record ParameterChecks(FixedParameters fixed, Catalog catalog, ByteSize walSegment, Problems problems) {

    /** Adds what is wrong; returns the settings that the server accepts after all fixes, without the fixed parameters. */
    WrittenSettings check(WrittenSettings settings) {
        var taken = new ArrayList<WrittenSetting>();
        for (var written : settings.all()) {
            if (!fixed.isFixed(written.name())) {
                taken(written, settings).ifPresent(taken::add);
            }
        }
        return new WrittenSettings(taken, catalog);
    }

    private Optional<WrittenSetting> taken(WrittenSetting written, WrittenSettings settings) {
        var parameter = written.setting().parameter();
        if (parameter.isEmpty()) {
            return unknown(written, settings);
        }
        try {
            parameter.get().canonical(written.setting().value());
            return Optional.of(written);
        } catch (IllegalArgumentException e) {
            problems.add(written.subject(), written.shown(), e.getMessage(), written.removal());
            return Optional.empty();
        }
    }

    /** The setting that replaces it, so that the budgets count it. */
    private Optional<WrittenSetting> unknown(WrittenSetting written, WrittenSettings settings) {
        if (catalog.ofUnknownExtension(written.name())) {
            problems.warn(
                    written.subject(),
                    written.shown(),
                    "belongs to an extension that is not known here, so nothing about it was checked; if only a restart"
                            + " can change it, the reload Job says so",
                    written.removal());
            return Optional.empty();
        }
        var today = catalog.replacement(written.name(), written.setting().value(), walSegment)
                .filter(other ->
                        settings.holding().stream().noneMatch(one -> one.name().equals(other.name())))
                .map(other -> written.as(other.name(), other.value(), catalog));
        problems.add(
                written.subject(),
                written.shown(),
                catalog.whyUnknown(written.name()),
                today.map(better -> written.replacement(better.setting()))
                        .orElseGet(() -> written.removal()
                                + catalog.instead(written.name())
                                        .map(instead -> "   (" + instead + ")")
                                        .orElse("")));
        return today;
    }
}
