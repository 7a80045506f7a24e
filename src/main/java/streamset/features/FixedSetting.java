package streamset.features;

import streamset.catalog.ParameterName;

/** A parameter to which nobody can give another value while a feature is declared. */
public record FixedSetting(ParameterName name, String value, String reason) {}
