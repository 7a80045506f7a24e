package streamset.conf;

/** Any text. */
record StringType() implements ValueType {
    @Override
    public String canonical(String text) {
        return text;
    }
}
