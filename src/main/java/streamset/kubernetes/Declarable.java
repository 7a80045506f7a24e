package streamset.kubernetes;

import com.pulumi.Log;
import com.pulumi.core.Alias;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceArgs;
import com.pulumi.serialization.internal.Serializer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Kubernetes object before it is declared: it can be read, and compared with the deployed one.
 *
 * @param purpose what it is for, within its cluster; behind the name of the component it is the name by which Pulumi
 *     recognizes the object from one update to the next
 * @param args the whole object, including apiVersion and kind
 * @param resource the constructor that declares it
 * @param own the options that belong to the object itself
 * @param former by which Pulumi recognized it once; empty for a name that is as ever
 */
public record Declarable(
        String purpose,
        ResourceArgs args,
        Constructor resource,
        UnaryOperator<CustomResourceOptions.Builder> own,
        Optional<FormerName> former) {

    private static final String SECRET_MARK = "4dabf18193072939515e22adb298388d"; // Pulumi's key in any marked value
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270"; // the value of that key for secrets

    public Declarable {
        if (!Purpose.isOne(purpose)) {
            throw new IllegalArgumentException("nobody would know of which component it is: " + purpose);
        }
    }

    /** The constructor of a resource class of the SDK. */
    @FunctionalInterface
    interface Constructor {
        Resource declare(String name, CustomResourceOptions options);
    }

    /** The constructor of a resource class, for arguments of its own class. */
    @FunctionalInterface
    interface ConstructorOf<A extends ResourceArgs> {
        Resource declare(String name, A args, CustomResourceOptions options);
    }

    static <A extends ResourceArgs> Declarable of(String purpose, A args, ConstructorOf<A> resource) {
        return new Declarable(
                purpose,
                args,
                (name, options) -> resource.declare(name, args, options),
                options -> options,
                Optional.empty());
    }

    /** The same object with these options. */
    Declarable with(UnaryOperator<CustomResourceOptions.Builder> options) {
        return new Declarable(purpose, args, resource, options, former);
    }

    /** The same object, which Pulumi recognized by another name once. */
    Declarable formerly(FormerName name) {
        return new Declarable(purpose, args, resource, own, Optional.of(name));
    }

    /** Declares it to the running engine, for a component of this name. */
    Resource declare(String component, CustomResourceOptions.Builder options) {
        var aliases = former.filter(name -> name.isOf(component))
                .map(name -> Alias.builder().name(name.name()).build());
        return resource.declare(
                component + "-" + purpose,
                own.apply(options)
                        .aliases(aliases.stream().toArray(Alias[]::new))
                        .build());
    }

    /** Whether it is the namespace of its cluster. */
    boolean isNamespace() {
        return purpose.equals(ClusterNamespace.PURPOSE);
    }

    /** The object as the engine gets it, except that a secret is not marked as such. */
    public JsonNode json() {
        var serialized = new Serializer(Log.ignore())
                .serializeAsync(purpose, args, false)
                .join();
        return JsonMapper.shared().valueToTree(unmarked(serialized));
    }

    private static Object unmarked(Object value) {
        if (value instanceof Map<?, ?> map) {
            if (SECRET.equals(map.get(SECRET_MARK))) {
                return unmarked(map.get("value"));
            }
            var copy = new TreeMap<String, Object>();
            map.forEach((key, member) -> copy.put(key.toString(), unmarked(member)));
            return copy;
        }
        return value instanceof Iterable<?> list ? unmarked(list) : value;
    }

    private static Object unmarked(Iterable<?> list) {
        var copy = new ArrayList<>();
        list.forEach(member -> copy.add(unmarked(member)));
        return copy;
    }
}
