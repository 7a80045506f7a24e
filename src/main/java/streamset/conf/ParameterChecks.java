package streamset.conf;

import java.util.LinkedHashMap;
import java.util.Map;
import streamset.catalog.Catalog;
import streamset.problems.Problems;

/** Whether PostgreSQL of this version knows each parameter and takes its value. */
record ParameterChecks(Catalog catalog, Problems problems) {

    /** Adds what is wrong; returns what holds and can be understood, by the parameter's name. */
    Map<String, Meant> check(GivenSettings settings) {
        var meant = new LinkedHashMap<String, Meant>();
        for (var given : settings.all()) {
            if (!FixedParameters.isFixed(given.name())) {
                check(given, meant);
            }
        }
        return meant;
    }

    private void check(Given given, Map<String, Meant> meant) {
        var known = catalog.parameter(given.name());
        if (known.isEmpty()) {
            unknown(given);
            return;
        }
        var parameter = known.get();
        try {
            meant.put(given.name(), new Meant(given, parameter, parameter.canonical(given.value())));
        } catch (IllegalArgumentException e) {
            problems.add(given.subject(), given.shown(), e.getMessage(), given.removal());
        }
    }

    private void unknown(Given given) {
        if (!catalog.ofUnknownExtension(given.name())) {
            problems.add(given.subject(), given.shown(), catalog.whyUnknown(given.name()), given.removal());
        } else {
            problems.warn(
                    given.subject(),
                    given.shown(),
                    "belongs to an extension that is not known here, so nothing about it was checked",
                    given.removal());
        }
    }
}
