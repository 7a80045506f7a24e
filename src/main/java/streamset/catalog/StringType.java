package streamset.catalog;

/** Any text. */
record StringType() implements ValueType {
    @Override
    public String canonical(String text) {
        return text;
    }
}
