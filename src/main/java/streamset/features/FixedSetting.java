package streamset.features;

import streamset.catalog.ParameterName;

/** A parameter that cannot be overridden while a feature is declared. */
public record FixedSetting(ParameterName name, String value, String reason) implements Part {}
