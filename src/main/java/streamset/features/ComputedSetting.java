package streamset.features;

import streamset.catalog.ParameterName;

/** A parameter that a feature sets, and that people may set otherwise. */
public record ComputedSetting(ParameterName name, String value, String reason) implements Part {}
