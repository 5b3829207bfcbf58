/** A value of YAML: a scalar as it is written, a list or fields. */
export type Tree = { source: string } | readonly Tree[] | ReadonlyMap<string, Tree>;
export type TreePath = readonly (string | number)[];

/** Returns a value as a tree, texts in quotes. */
export function toTree(value: unknown): Tree {
	if (Array.isArray(value)) return value.map(toTree);
	if (typeof value === 'object' && value !== null)
		return new Map(Object.entries(value).map(([key, field]) => [key, toTree(field)]));
	return { source: JSON.stringify(value) };
}

/** Returns the tree with another value at a path, or with none there. */
export function change(tree: Tree, [key, ...rest]: TreePath, value: Tree | undefined): Tree {
	if (key === undefined) return value ?? tree;
	if (isList(tree)) {
		const items = tree.map((item, i) => (i === key && (rest.length > 0 || value) ? change(item, rest, value) : item));
		return value === undefined && rest.length === 0 ? items.filter((_, i) => i !== key) : items;
	}
	if (!isFields(tree)) throw new Error(`There is nothing at ${key}.`);
	const fields = new Map(tree);
	const field = fields.get(String(key)) ?? { source: '' };
	if (value === undefined && rest.length === 0) fields.delete(String(key));
	else fields.set(String(key), change(field, rest, value));
	return fields;
}

/** Returns the source of a scalar; nothing for lists, fields and where nothing is. */
export function sourceAt(tree: Tree, path: TreePath): string | undefined {
	const found = path.reduce<Tree | undefined>((node, key) => {
		if (node && isFields(node)) return node.get(String(key));
		return node && isList(node) && typeof key === 'number' ? node[key] : undefined;
	}, tree);
	return found && 'source' in found ? found.source : undefined;
}

/** Writes a tree, each field and each entry on a line of its own, and tells in which one, counted from 0. */
export function write(tree: Tree): { lines: string[]; lineOf: (path: TreePath) => number } {
	const lines: string[] = [];
	const places = new Map<string, number>();
	const put = (node: Tree, path: TreePath, indent: string, lead: string): void => {
		if ('source' in node) return void lines.push(`${lead} ${node.source}`);
		const children: [string | number, Tree][] = isList(node) ? [...node.entries()] : [...node];
		if (children.length === 0) return void lines.push(`${lead} ${isList(node) ? '[]' : '{}'}`);
		const isEntry = lead.endsWith('-');
		if (!isEntry && lead !== '') lines.push(lead);
		children.forEach(([key, child], i) => {
			const before = isEntry && i === 0 ? `${lead} ` : indent;
			const at = [...path, key];
			places.set(JSON.stringify(at), lines.length);
			put(child, at, `${indent}  `, `${before}${typeof key === 'number' ? '-' : `${key}:`}`);
		});
	};
	put(tree, [], '', '');
	return {
		lines,
		lineOf(path) {
			const line = path.length === 0 ? 0 : places.get(JSON.stringify(path));
			if (line === undefined) throw new Error(`${path.join('.')} was not written.`);
			return line;
		},
	};
}

function isFields(tree: Tree): tree is ReadonlyMap<string, Tree> {
	return tree instanceof Map;
}

function isList(tree: Tree): tree is readonly Tree[] {
	return Array.isArray(tree);
}
