package streamset.catalog;

/** A current parameter, and the value with which it does what a removed parameter did. */
public record Replacement(String name, String value) {}
