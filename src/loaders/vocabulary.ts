import { adviceFor } from '../domain/nearest.ts';
import type { Entry } from '../domain/newsroom.ts';
import { reservedIds } from '../domain/paths.ts';
import type { Problem } from '../domain/problems.ts';
import { findCircles } from '../domain/tag-tree.ts';
import { toLabelKey } from '../domain/labels.ts';
import { indexLabels, type Tag } from '../domain/tags.ts';
import type { TagEntry } from '../schemas/vocabulary.ts';
import { toFieldName } from './fields.ts';
import { isRecord, type Yaml } from './yaml.ts';

/** What was read of `content/tags.yaml`. */
interface WrittenVocabulary {
	entries: readonly Entry<TagEntry>[];
	/** Ids of tags with faults of their own. */
	faulty: ReadonlySet<string>;
	/** Nothing where the file could not be read at all. */
	yaml: Yaml | undefined;
}

/** Checked tags, each part of a tag given by its id or of none. */
export interface Vocabulary {
	tags: Entry<TagEntry>[];
	byLabel: ReadonlyMap<string, Tag>;
	/** Labels, as they are compared, of tags with faults of their own. */
	faultyLabels: ReadonlySet<string>;
}

/** Checks that every label leads to one tag, and that no tag is part of what is not there or, in the end, of itself. */
export function checkVocabulary({ entries, faulty, yaml }: WrittenVocabulary, problems: Problem[]): Vocabulary {
	const file = entries[0]?.file ?? 'tags.yaml';
	const written = entries.map(({ id, data }): Tag => ({ id, ...data }));
	const { byLabel, clashes } = indexLabels(written);
	for (const { label, tag, claimedBy } of clashes) {
		const message = claimedBy
			? `"${label}" is already an id, a name or an alias of "${claimedBy.id}". Remove it from one of the two`
			: `"${label}" has no letter, digit or sign by which it could be found. Give another name`;
		problems.push({ file, ...yaml?.placeOf([tag.id]), field: tag.id, message });
	}
	for (const { id, formerly } of written)
		formerly.forEach((former, i) => {
			if (former !== id && !reservedIds.has(former)) return;
			const message = `"${former}" ${former === id ? 'is the id of the tag itself' : 'is an address that the paper needs itself'}. Remove it`;
			const path = [id, 'formerly', i];
			problems.push({ file, ...yaml?.placeOf(path), field: toFieldName(path), message });
		});
	const faultyLabels = new Set([...faulty].flatMap((id) => labelsAt(yaml, id)));
	const report = (id: string, message: string) =>
		void problems.push({ file, ...yaml?.placeOf([id, 'broader']), field: `${id}.broader`, message });
	const tags = written.map((tag): Tag => {
		if (tag.broader === undefined) return tag;
		const key = toLabelKey(tag.broader);
		const broader = byLabel.get(key)?.id;
		if (broader === undefined && !faultyLabels.has(key)) {
			const labels = written.flatMap(({ id, name, aliases }) => [id, name, ...aliases]);
			const advice = adviceFor(tag.broader, labels, 'Add it there, or remove the field');
			report(tag.id, `"${tag.broader}" is not in content/tags.yaml. ${advice}`);
		}
		return { ...tag, broader };
	});
	const circles = findCircles(tags);
	for (const circle of circles) report(circle[0]?.id ?? '', explainCircle(circle));
	const inCircles = new Set(circles.flat());
	return {
		tags: tags.map((tag) => {
			const { id, ...data } = tag;
			return { id, file, data: inCircles.has(tag) ? { ...data, broader: undefined } : data };
		}),
		byLabel,
		faultyLabels,
	};
}

function explainCircle(circle: readonly Tag[]): string {
	const ids = circle.map(({ id }) => `"${id}"`);
	if (ids.length === 1) return `${ids.join('')} cannot be part of itself. Remove the field`;
	return `runs in a circle: ${[...ids, ids[0]].join(' is part of ')}. Remove the field from one of them`;
}

/** Returns the labels, as they are compared, that an entry with faults was meant to have. */
function labelsAt(yaml: Yaml | undefined, id: string): string[] {
	const entry = yaml?.value[id];
	const fields = isRecord(entry) ? [entry['name'], entry['aliases'], entry['formerly']].flat() : [];
	return [id, ...fields].filter((label) => typeof label === 'string').map(toLabelKey);
}
