/** pg_hba.conf: read as the servers read it, asked which line decides, and checked for who must and must not get in. */
package streamset.conf.hba;
