/**
 * A style sheet or a script with what is in it, a comment, or any other tag with its attributes. In attributes of pages
 * signs such as `<style>` may stand as they are: a tag ends where none of its quotes is open.
 */
const tags =
	/<!--.*?-->|<(style|script)\b[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>(.*?)<\/\1>|<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>/gs;

/** A tag of a page; of a style sheet or a script the whole element. */
interface Tag {
	source: string;
	/** Where in the page it begins. */
	index: number;
	/** `style` or `script`, with what is in it. */
	element: string | undefined;
	content: string;
}

/** Finds every tag of a page that our templates have made. */
export function* findTags(html: string): Generator<Tag> {
	for (const { 0: source, 1: element, 2: content = '', index } of html.matchAll(tags))
		yield { source, index, element, content };
}

/** Replaces every tag of a page that our templates have made. What stands between tags stays as it is. */
export function replaceTags(html: string, replace: (source: string) => string): string {
	return html.replace(tags, (source) => replace(source));
}
