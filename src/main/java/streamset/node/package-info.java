/**
 * The contract with the pods: all that this program and the scripts in the pods must agree on. What runs in the pods is
 * described here as plain data, {@code kubernetes} makes objects of it, and {@code plan} reads it back from them.
 */
package streamset.node;
