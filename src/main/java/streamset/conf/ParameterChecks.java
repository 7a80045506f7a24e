package streamset.conf;

import java.util.LinkedHashMap;
import java.util.Map;
import streamset.catalog.Catalog;
import streamset.problems.Problems;

/** Whether PostgreSQL of this version knows each parameter and takes its value. */
record ParameterChecks(Catalog catalog, Problems problems) {

    /** Adds what is wrong; returns what holds and can be understood, by the parameter's name. */
    Map<String, CheckedSetting> check(WrittenSettings settings) {
        var checked = new LinkedHashMap<String, CheckedSetting>();
        for (var written : settings.all()) {
            if (!FixedParameters.isFixed(written.name())) {
                check(written, checked);
            }
        }
        return checked;
    }

    private void check(WrittenSetting written, Map<String, CheckedSetting> checked) {
        var known = catalog.parameter(written.name());
        if (known.isEmpty()) {
            unknown(written);
            return;
        }
        var parameter = known.get();
        try {
            checked.put(written.name(), new CheckedSetting(written, parameter, parameter.canonical(written.value())));
        } catch (IllegalArgumentException e) {
            problems.add(written.subject(), written.shown(), e.getMessage(), written.removal());
        }
    }

    private void unknown(WrittenSetting written) {
        if (!catalog.ofUnknownExtension(written.name())) {
            problems.add(written.subject(), written.shown(), catalog.whyUnknown(written.name()), written.removal());
        } else {
            problems.warn(
                    written.subject(),
                    written.shown(),
                    "belongs to an extension that is not known here, so nothing about it was checked",
                    written.removal());
        }
    }
}
