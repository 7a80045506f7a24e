package streamset.catalog;

/** A parameter of today, and the value with which it does what a parameter did that went. */
public record Replacement(String name, String value) {}
