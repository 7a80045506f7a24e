/** The two conf files: read, checked, completed with what was computed and pinned, rendered. */
package streamset.conf;
