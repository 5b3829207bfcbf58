import { Parser } from 'htmlparser2';

/** What is nested more deeply, or has more nodes, is no article, and would keep a computer busy. */
const limits = { depth: 100, nodes: 200_000 } as const;

/** Elements that a browser opens anew in each block until they are closed, with all their attributes. */
const formatting: ReadonlySet<string> = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));

/**
 * Tells of HTML whether its tree would be too large to be made: of what is not closed, a few signs can become millions of
 * nodes. It counts rather too many than too few, so that {@link isLargeTree} has the last word below twice the limit.
 */
export function wouldBeLarge(html: string): boolean {
	const open: string[] = [];
	const active: { name: string; form: string }[] = [];
	let blocks = 0;
	let nodes = 0;
	let isLarge = false;
	const count = () => {
		nodes += 1 + active.length;
		isLarge ||= Math.max(open.length, blocks + active.length) > limits.depth || nodes > 2 * limits.nodes;
		if (isLarge) parser.pause();
	};
	const close = (name: string) => {
		const index = active.findLastIndex((one) => one.name === name);
		if (index !== -1) active.splice(index, 1);
	};
	const parser = new Parser({
		onopentag(name, attributes) {
			open.push(name);
			if (!formatting.has(name)) blocks++;
			else {
				if (name === 'a' || name === 'nobr') close(name);
				const form = `${name} ${JSON.stringify(attributes)}`;
				// Of equal ones a browser keeps three.
				if (active.filter((one) => one.form === form).length > 2)
					active.splice(
						active.findIndex((one) => one.form === form),
						1,
					);
				active.push({ name, form });
			}
			count();
		},
		ontext: count,
		onclosetag(name, isImplied) {
			open.pop();
			if (!formatting.has(name)) blocks--;
			else if (!isImplied) close(name);
		},
	});
	parser.write(html);
	return isLarge;
}

/** Tells whether a tree is too deep or has too many nodes; nothing here calls itself. */
export function isLargeTree(root: Node): boolean {
	let nodes = 0;
	let depth = 0;
	let node: Node | null = root;
	while (node) {
		if (++nodes > limits.nodes || depth > limits.depth) return true;
		if (node.firstChild) {
			node = node.firstChild;
			depth++;
			continue;
		}
		while (node && node !== root && !node.nextSibling) {
			node = node.parentNode;
			depth--;
		}
		node = node === root ? null : (node?.nextSibling ?? null);
	}
	return false;
}
