/**
 * A style sheet or a script with what is in it, a comment, or any other tag with its attributes. In attributes of pages
 * signs such as `<style>` may stand as they are: a tag ends where none of its quotes is open.
 */
const tags =
	/<!--.*?-->|<(style|script)\b[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>(.*?)<\/\1>|<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>/gs;

/** Replaces every tag of a page that our templates have made. What stands between tags stays as it is. */
export function replaceTags(html: string, replace: (source: string) => string): string {
	return html.replace(tags, (source) => replace(source));
}
