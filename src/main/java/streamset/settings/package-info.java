/**
 * The settings of the servers: what people wrote, what is computed and fixed beside it, what of all that holds and why, and
 * whether it can work.
 */
package streamset.settings;
