/**
 * pg_hba.conf: read as the servers read it, asked which line decides, and checked for who must and must not get in.
 *
 * <p>A package uses only packages to the left of it:
 *
 * <pre>problems, units → catalog → config → conf, sizing → conf.hba, settings → cluster, objects → node → plan → kubernetes → App → review</pre>
 */
package streamset.conf.hba;
