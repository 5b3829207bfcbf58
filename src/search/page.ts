/** The parts of the search page that its script fills, and how it makes new ones of the page's own models. */

/** Returns the one element that matches. @throws Error where the page has none of this kind */
export function find<T extends Element>(type: new () => T, selector: string, root: ParentNode = document): T {
	const element = root.querySelector(selector);
	if (!(element instanceof type)) throw new Error(`The search page has no ${selector}.`);
	return element;
}

/** Returns a copy of the first element in a template. @param id of the template */
export function copyModel<T extends Element>(type: new () => T, id: string): T {
	const element = find(HTMLTemplateElement, `#${id}`).content.firstElementChild?.cloneNode(true);
	if (!(element instanceof type)) throw new Error(`The search page has no model ${id}.`);
	return element;
}

/** A link by which a reader changes the choice. */
export interface ChoiceLink {
	/** Names the link, so that it keeps the focus when the page is filled anew. */
	key: string;
	href: string;
	name: string;
	/** How many articles it leads to. */
	count?: number;
	isChosen?: boolean;
	/** What it does, where its name alone does not say so. */
	label?: string;
}

/** Returns the link as an entry of a list. */
export function toEntry({ key, href, name, count, isChosen = false, label }: ChoiceLink): HTMLLIElement {
	const entry = copyModel(HTMLLIElement, 'choice');
	const link = find(HTMLAnchorElement, 'a', entry);
	const [nameSpan, countSpan] = link.children;
	link.href = href;
	link.dataset['key'] = key;
	if (isChosen) link.ariaCurrent = 'true';
	if (label !== undefined) link.ariaLabel = label;
	if (nameSpan) nameSpan.textContent = name;
	if (countSpan) countSpan.textContent = count === undefined ? '' : String(count);
	return entry;
}

/** Fills the page by `fill` and leaves the focus on the link of the same key; on `otherwise` where that is gone. */
export function keepFocus(fill: () => void, otherwise: HTMLElement): void {
	const focused = document.activeElement;
	const key = focused instanceof HTMLElement ? focused.dataset['key'] : undefined;
	fill();
	if (key === undefined) return;
	const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
	(link instanceof HTMLElement ? link : otherwise).focus();
}
