import { site } from '../site.ts';
import { searchWords as words } from '../words/search-words.ts';
import { type Choice, isNarrowed, type Kind, kinds, readChoice, toQuery } from './choice.ts';
import { toChoiceLinks, toTagLinks } from './choices.ts';
import type { Facts } from './facts.ts';
import { findHits, getFacts, getTag, type Hit } from './library.ts';
import { narrow, type Narrowed } from './narrow.ts';
import { find, keepFocus, toEntry } from './page.ts';
import { type Shown, toAdvice, toList, toPagerLinks, toRemarks, toRemovals } from './results.ts';
import { followKey } from './shortcut.ts';

/** How many articles a page of results has. */
const pageSize = 10;
/** How long typing must rest, in milliseconds, before it is searched for, and before the outcome is announced. */
const pause = { search: 150, announcement: 700 };

const field = find(HTMLInputElement, '#q');
const tagField = find(HTMLInputElement, '#tag-name');
const panel = find(HTMLElement, '#panel');
const count = find(HTMLElement, '#count');
const remarks = find(HTMLElement, '#remarks');
const chosen = find(HTMLElement, '#chosen');
const results = find(HTMLElement, '#results');
const pager = find(HTMLElement, '#pager');
const status = find(HTMLElement, '#status');
const failure = find(HTMLElement, '#failure');
const otherWays = find(HTMLElement, '#other-ways');
const groups = kinds.map((kind) => ({ kind, details: find(HTMLDetailsElement, `details[data-kind=${kind}]`) }));

/** What was found for a choice. */
interface Outcome extends Narrowed {
	choice: Choice;
	facts: Facts;
	/** The articles of the page that is shown. */
	shown: readonly Shown[];
	pages: number;
	/** Sentences on what was asked for in vain. */
	remarks: string[];
	/** Of the tags chosen. */
	tagNames: ReadonlyMap<string, string>;
}

async function search(asked: Choice): Promise<Outcome> {
	const [{ facts, traitsOf, languages }, { hits, passedOver }, tags] = await Promise.all([
		getFacts(),
		findHits(asked.words),
		Promise.all(asked.tag.map(getTag)),
	]);
	const known = tags.filter((tag) => tag !== undefined);
	// A tag is found under its former ids and other names too.
	const choice = { ...asked, tag: [...new Set(known.map(({ id }) => id))] };
	const unknown = asked.tag.filter((_, i) => tags[i] === undefined);
	const byNumber = new Map(hits.map((hit) => [hit.number, hit]));
	const { found, counts } = narrow(
		[...byNumber.keys()],
		choice,
		traitsOf,
		known.map(({ articles }) => new Set(articles)),
	);
	const pages = Math.ceil(found.length / pageSize);
	const page = Math.max(1, Math.min(choice.page, pages));
	const ofPage = isAsked(choice) ? found.slice((page - 1) * pageSize, page * pageSize) : [];
	const hitsOfPage = ofPage.map((number) => byNumber.get(number)).filter((hit): hit is Hit => hit !== undefined);
	const shown = await Promise.all(
		hitsOfPage.map(async ({ number, read }) => ({ fragment: await read(), lang: languages.get(number) })),
	);
	const tagNames = new Map(known.map(({ id, name }) => [id, name]));
	const remarks = toRemarks(passedOver, unknown);
	return { choice: { ...choice, page }, facts, found, counts, shown, pages, remarks, tagNames };
}

function isAsked(choice: Choice): boolean {
	return choice.words !== '' || isNarrowed(choice);
}

/** What the page shows. */
let current: Outcome | undefined;
/** Counts the searches: one that comes late must not replace a newer one. */
let turn = 0;

/** Shows what is found for a choice. @param isMove true where the reader asked for another page of it */
async function show(choice: Choice, isMove = false): Promise<void> {
	const ownTurn = ++turn;
	try {
		const outcome = await search(choice);
		if (ownTurn !== turn) return;
		current = outcome;
		keepFocus(() => fill(outcome), count);
		if (isMove) count.focus();
		await fillTags();
	} catch (error) {
		if (ownTurn !== turn) return;
		console.warn(error);
		failure.hidden = otherWays.hidden = false;
		panel.hidden = true;
	}
}

function fill(outcome: Outcome): void {
	const { choice, facts, found, counts, shown, pages, tagNames } = outcome;
	const named = { section: facts.sections, author: facts.authors, year: [] };
	const nameOf = (kind: Kind, id: string) =>
		(kind === 'tag' ? tagNames.get(id) : named[kind].find((subject) => subject.id === id)?.name) ?? id;
	const isNothing = isAsked(choice) && found.length === 0;
	document.title = [choice.words, words.search, site.title].filter((part) => part !== '').join(' – ');
	failure.hidden = true;
	panel.hidden = false;
	otherWays.hidden = isAsked(choice) && !isNothing;
	chosen.replaceChildren(...toRemovals(choice, nameOf).map(toEntry));
	count.textContent = isNothing ? words.nothingFound : words.articles(found.length);
	if (pages > 1 && isAsked(choice)) count.textContent += `. ${words.resultPage(choice.page, pages)}`;
	remarks.textContent = outcome.remarks.join(' ');
	results.replaceChildren(toList(shown, facts));
	if (isNothing) find(HTMLUListElement, 'ul', results).replaceChildren(...toAdvice(choice, nameOf).map(toEntry));
	pager.replaceChildren(...(isAsked(choice) ? toPagerLinks(choice, pages).map(toEntry) : []));
	for (const { kind, details } of groups) {
		if (kind === 'tag') continue;
		const links = toChoiceLinks(kind, choice, facts, counts);
		find(HTMLUListElement, 'ul', details).replaceChildren(...links.map(toEntry));
		details.hidden = links.length === 0;
	}
	announce([...outcome.remarks, count.textContent].join(' '));
}

/** Fills the list of tags where it is open; its files are not fetched before. */
async function fillTags(): Promise<void> {
	const details = groups.find(({ kind }) => kind === 'tag')?.details;
	const outcome = current;
	if (!outcome || !details?.open) return;
	const typed = tagField.value;
	const links = await toTagLinks(outcome.choice, outcome.found, typed);
	if (outcome !== current || typed !== tagField.value) return;
	keepFocus(() => find(HTMLUListElement, 'ul', details).replaceChildren(...links.map(toEntry)), tagField);
}

let announcement: number | undefined;
function announce(text: string): void {
	clearTimeout(announcement);
	// What was said already would not be said again.
	status.textContent = '';
	announcement = window.setTimeout(() => (status.textContent = text), pause.announcement);
}

/** Shows what the address asks for. */
function follow(isMove = false): void {
	const choice = readChoice(location.search);
	field.value = choice.words;
	void show(choice, isMove);
}

let typing: number | undefined;
function searchTyped(): void {
	clearTimeout(typing);
	const choice = { ...readChoice(location.search), words: field.value.trim(), page: 1 };
	history.replaceState(null, '', location.pathname + toQuery(choice));
	void show(choice);
}

field.addEventListener('input', () => {
	clearTimeout(typing);
	typing = window.setTimeout(searchTyped, pause.search);
});
field.form?.addEventListener('submit', (event) => {
	event.preventDefault();
	searchTyped();
});
tagField.addEventListener('input', () => void fillTags());
for (const { details } of groups) details.addEventListener('toggle', () => void fillTags());

panel.addEventListener('click', (event) => {
	const link = event.target instanceof Element ? event.target.closest('a') : null;
	const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
	if (!isPlain || link?.dataset['key'] === undefined) return;
	event.preventDefault();
	clearTimeout(typing);
	history.pushState(null, '', link.href);
	follow(pager.contains(link) || results.contains(link));
});
window.addEventListener('popstate', () => follow());
followKey(field, find(HTMLInputElement, '#search-key'));

if (window.matchMedia('(width >= 62rem)').matches)
	for (const { kind, details } of groups)
		details.open = kind === 'section' || kind === 'year' || readChoice(location.search)[kind].length > 0;
find(HTMLElement, '#plain').remove();
find(HTMLElement, '#key').hidden = false;
follow();
