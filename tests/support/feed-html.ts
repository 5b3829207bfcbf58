import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { JSDOM } from 'jsdom';

/** Elements and attributes that the W3C's feed validator takes for harmless, as far as texts of ours have them. */
const elements = new Set(
	'a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr'.split(
		' ',
	),
);
const attributes = new Set(
	'align alt cite colspan datetime dir height href id lang rel rowspan scope span src start title width'.split(' '),
);

/** As its links are found by the validator: their address is the first attribute. */
const links = [/<a\s+href=(?:"(.*?)"|'(.*?)'|([\w-]+))[\s>]/gi, /<img\s+[^>]*src=(?:"(.*?)"|'(.*?)'|([\w-]+))[\s>]/gi];

const parser = new HtmlValidate(
	new StaticConfigLoader({
		root: true,
		rules: {
			'close-attr': 'error',
			'close-order': 'error',
			'element-permitted-content': 'error',
			'no-dup-attr': 'error',
			'no-implicit-close': 'error',
			'no-raw-characters': 'error',
			'no-unknown-elements': 'error',
			'unrecognized-char-ref': 'error',
			'void-content': 'error',
		},
	}),
);

const known = new Map<string, string[]>();

/**
 * Returns what is wrong with the HTML of an item: whatever a strict parser, the W3C's validator or a page of twenty items
 * would stumble over. Each text is looked at once, however many feeds carry it.
 */
export function faultsOfHtml(html: string): string[] {
	const faults = known.get(html) ?? findFaults(html);
	known.set(html, faults);
	return faults;
}

function findFaults(html: string): string[] {
	const faults: string[] = [];
	const { body } = new JSDOM(html).window.document;
	for (const element of body.querySelectorAll('*')) {
		const name = element.localName;
		if (!elements.has(name)) faults.push(`the element ${name}`);
		for (const attribute of element.getAttributeNames())
			if (!attributes.has(attribute)) faults.push(`the attribute ${attribute} of ${name}`);
		for (const address of [element.getAttribute('href'), element.getAttribute('src')])
			if (address !== null && !address.startsWith('#') && !/^(?:https?:\/\/[^/]|mailto:)/.test(address))
				faults.push(`the relative address ${address}`);
		const target = element.getAttribute('href')?.replace(/^[^#].*/, '') ?? '';
		if (target !== '' && !body.querySelector(`[id="${decodeURIComponent(target.slice(1))}"]`))
			faults.push(`the link ${target}, which leads nowhere`);
	}
	for (const image of body.querySelectorAll('img'))
		for (const attribute of ['src', 'alt', 'width', 'height'])
			if (!image.getAttribute(attribute)) faults.push(`a picture without ${attribute}`);
	for (const address of links.flatMap((link) => [...html.matchAll(link)]).map(([, ...found]) => found.join('')))
		if (!/^\w+:/.test(address)) faults.push(`the relative address ${address}, as the validator sees it`);
	for (const { messages } of parser.validateStringSync(html).results)
		for (const { ruleId, message } of messages) faults.push(`${ruleId}: ${message}`);
	return faults;
}

/** Returns the ids of HTML that has no faults. */
export function idsOfHtml(html: string): string[] {
	return [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
}
