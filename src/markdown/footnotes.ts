import { markdownToMdast, type MdastNode } from 'satteri';

interface Place {
	line: number;
	column: number;
}

/**
 * Finds notes that the parser drops, because nothing refers to them or they are there twice, references without a note,
 * and names of notes that cannot be part of an address.
 * @returns places in the markdown, each with a sentence without its stop
 */
export function checkFootnotes(markdown: string): (Place & { message: string })[] {
	if (!markdown.includes('[^')) return [];
	const findings: (Place & { message: string })[] = [];
	const notes = new Map<string, Place>();
	const referred = new Set<string>();
	const checkDefinition = (identifier: string, label: string, place: Place): void => {
		const report = (message: string) => void findings.push({ ...place, message });
		if (notes.has(identifier)) report(`a second note [^${label}]. Give it another name`);
		else if (/^[\p{L}\p{M}\p{N}_-]+$/u.test(label)) notes.set(identifier, place);
		else report(`a note [^${label}] whose name is not letters and digits alone. Give it another name`);
	};
	const visit = (node: MdastNode, note: string | undefined): void => {
		const place = { line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 };
		if (node.type === 'footnoteReference' && node.identifier !== note) referred.add(node.identifier);
		if (node.type === 'text') {
			const label = /\[\^([^\]\n]+)\]/.exec(node.value)?.[1];
			if (label !== undefined && !markdown.includes(`\\[^${label}]`)) {
				const message = `a reference [^${label}] without its note. Write [^${label}]: and the note`;
				findings.push({ ...place, message });
			}
		}
		if (node.type === 'footnoteDefinition') {
			const label = node.label ?? node.identifier;
			checkDefinition(node.identifier, label, place);
			if (node.children.length === 0)
				findings.push({ ...place, message: `a note [^${label}] without words. Write it, or delete it` });
		}
		if (!('children' in node) || node.type === 'link') return;
		for (const child of node.children) visit(child, node.type === 'footnoteDefinition' ? node.identifier : note);
	};
	visit(markdownToMdast(markdown, { features: { frontmatter: false } }), undefined);
	for (const [label, place] of notes) {
		if (referred.has(label)) continue;
		findings.push({ ...place, message: `a note [^${label}] to which nothing refers. Refer to it, or delete it` });
	}
	return findings;
}
