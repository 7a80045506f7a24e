package streamset.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads {@code catalog/<major>.json}, token by token for speed: every preview waits for it. */
final class CatalogFile {
    private static final double LARGEST_SHOWN = 1.79769e+308; // how pg_settings prints the largest double

    private final int major;
    private final JsonParser json;

    private CatalogFile(int major, JsonParser json) {
        this.major = major;
        this.json = json;
    }

    static List<Parameter> read(int major) {
        var name = major + ".json";
        try (var resource = Objects.requireNonNull(CatalogFile.class.getResourceAsStream(name), name);
                var json = new JsonFactory().createParser(ObjectReadContext.empty(), resource)) {
            return new CatalogFile(major, json).parameters();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        json.nextToken();
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            parameters.add(parameter(name));
        }
        return parameters;
    }

    private Parameter parameter(String name) {
        var fields = new HashMap<String, String>();
        var lists = new HashMap<String, List<String>>();
        Map<String, String> spellings = Map.of();
        for (var field = json.nextName(); field != null; field = json.nextName()) {
            var token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                lists.put(field, list());
            } else if (token == JsonToken.START_OBJECT) {
                spellings = map();
            } else {
                fields.put(field, json.getString());
            }
        }
        return new Parameter(
                name,
                Context.of(fields.get("context")),
                type(fields, lists.getOrDefault("values", List.of()), spellings),
                Optional.ofNullable(fields.get("boot")),
                lists.getOrDefault("formerly", List.of()),
                CheckHook.of(name, major));
    }

    private List<String> list() {
        var list = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(json.getString());
        }
        return list;
    }

    private Map<String, String> map() {
        var map = new HashMap<String, String>();
        for (var key = json.nextName(); key != null; key = json.nextName()) {
            map.put(key, json.nextStringValue());
        }
        return map;
    }

    private static ValueType type(Map<String, String> fields, List<String> values, Map<String, String> spellings) {
        var unit = Optional.ofNullable(fields.get("unit")).map(Unit::of);
        return switch (fields.getOrDefault("type", "string")) {
            case "bool" -> new BooleanType();
            case "enum" -> new EnumType(values, spellings);
            case "integer" ->
                new IntegerType(unit, Integer.parseInt(fields.get("min")), Integer.parseInt(fields.get("max")));
            case "real" -> new RealType(unit, Double.parseDouble(fields.get("min")), upperLimit(fields.get("max")));
            case "string" -> new StringType();
            default -> throw new IllegalStateException("no type of pg_settings: " + fields.get("type"));
        };
    }

    private static double upperLimit(String shown) {
        double limit = Double.parseDouble(shown);
        return limit == LARGEST_SHOWN ? Double.MAX_VALUE : limit;
    }
}
