import type { Tag } from './tags.ts';

/** Returns the tags that `tag` is part of, the nearest first. @param byId a vocabulary without circles */
export function ancestorsOf(tag: Tag, byId: ReadonlyMap<string, Tag>): Tag[] {
	const ancestors: Tag[] = [];
	let next = byId.get(tag.broader ?? '');
	while (next) {
		ancestors.push(next);
		next = byId.get(next.broader ?? '');
	}
	return ancestors;
}

/** Returns the circles of tags that are part of each other, each once; a tag that is part of itself is one. */
export function findCircles(tags: readonly Tag[]): Tag[][] {
	const byId = new Map(tags.map((tag) => [tag.id, tag]));
	const known = new Set<Tag>();
	return tags.flatMap((start) => {
		const way: Tag[] = [];
		const onWay = new Map<Tag, number>();
		let tag: Tag | undefined = start;
		while (tag && !known.has(tag)) {
			known.add(tag);
			onWay.set(tag, way.push(tag) - 1);
			tag = byId.get(tag.broader ?? '');
		}
		const position = tag && onWay.get(tag);
		return position === undefined ? [] : [way.slice(position)];
	});
}
