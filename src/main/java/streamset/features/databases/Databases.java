package streamset.features.databases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import streamset.config.Credentials;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.DeclaredDatabase;
import streamset.features.DeclaredDatabases;
import streamset.features.Feature;
import streamset.features.Parts;

/** {@code streamset:databases}: databases that an update makes, each with its owner, roles that read it, and extensions. */
public final class Databases implements Feature {
    private static final String OWNER = "owner";
    private static final String READERS = "readers";

    @Override
    public Parts read(Section keys, StackConfig config) {
        var fields = keys.object("databases");
        var all = new ArrayList<DeclaredDatabase>();
        for (String name : fields.names()) {
            flaw(name, DatabaseName::of)
                    .ifPresent(flaw -> fields.problem(name, "{…}", flaw, fields.removeCommand(name)));
            all.add(database(name, fields.object(name)));
        }
        var passwords = new TreeMap<String, String>();
        if (config.credentials() instanceof Credentials.Passwords) {
            new DeclaredDatabases(all, passwords)
                    .roles().stream()
                            .filter(role -> flaw(role, RoleName::of).isEmpty())
                            .forEach(role -> passwords.put(role, Credentials.passwordOf(role, keys)));
        }
        return all.isEmpty() ? Parts.NONE : Parts.of(new DeclaredDatabases(all, passwords));
    }

    private static DeclaredDatabase database(String name, Section fields) {
        var owner = fields.value(OWNER, RoleName::of, "", "<role>");
        if (owner.isEmpty() && !fields.isFaulty(OWNER)) {
            owner = name;
            flaw(name, RoleName::of)
                    .ifPresent(flaw -> fields.problem(
                            OWNER,
                            Section.NOT_SET,
                            "a database's owner has its name unless something else is said, and this name " + flaw,
                            fields.setCommand(OWNER, "<role>")));
        }
        var own = owner;
        var readers = each(fields, READERS, "<role>", reader -> reader(reader, own));
        return new DeclaredDatabase(name, owner, readers, each(fields, "extensions", "<extension>", Extensions::of));
    }

    private static String reader(String name, String owner) {
        if (name.equals(owner)) {
            throw new IllegalArgumentException("owns the database, and so reads it anyway");
        }
        return RoleName.of(name);
    }

    private static List<String> each(Section fields, String list, String example, UnaryOperator<String> parser) {
        var names = fields.list(list);
        var seen = new TreeSet<String>();
        for (int index = 0; index < names.size(); index++) {
            int place = index;
            flaw(names.get(index), name -> once(parser.apply(name), seen))
                    .ifPresent(flaw ->
                            fields.problem(list, names.get(place), flaw, fields.setCommand(list, place, example)));
        }
        return List.copyOf(seen);
    }

    private static String once(String name, TreeSet<String> seen) {
        if (!seen.add(name)) {
            throw new IllegalArgumentException("is in the list twice");
        }
        return name;
    }

    private static Optional<String> flaw(String text, UnaryOperator<String> parser) {
        try {
            parser.apply(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
