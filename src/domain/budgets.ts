/** The first flight of a TCP connection, in bytes: a whole response must fit. */
export const flight = 14_600;
/** What headers take of it until a server of ours sends real ones. */
export const headers = 600;
/** What everything but an article's text and its comments may take, in bytes gzipped. */
export const frame = 10_000;
