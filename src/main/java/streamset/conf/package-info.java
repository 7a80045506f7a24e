/** The two conf files as text: read as their authors wrote them, and rendered as the servers get them. */
package streamset.conf;
