package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/**
 * A part of the shared memory.
 *
 * @param bytes what it takes
 * @param what it is, with the factors it is made of
 * @param parameters who sets one of these looks for this part in the sum
 */
record SharedPart(double bytes, String what, List<ParameterName> parameters) {
    SharedPart {
        parameters = List.copyOf(parameters);
    }
}
