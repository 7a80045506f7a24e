/**
 * The contract with the pods: all that this program and the scripts in the pods must agree on. What runs in the pods is
 * described here as plain data, {@code kubernetes} makes objects of it, and {@code plan} reads it back from them.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units, objects → catalog, pod → config → conf, sizing → features → features.walvolume, conf.hba → settings → cluster → node → plan.reading → plan.differences, plan.refusals → plan.steps → plan → kubernetes → App → review</pre>
 */
package streamset.node;
