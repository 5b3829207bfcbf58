import { suggestId } from '../domain/tag-ids.ts';
import type { Tag } from '../domain/tags.ts';
import { toScalar } from './yaml-edit.ts';

/** How a new tag is written into `tags.yaml`. */
export interface TagProposal {
	/** The entry, on one line. The kind is a guess. */
	entry: string;
	/** Why the tag does not have the id that its name would give, as a sentence; nothing where it has. */
	remark: string | undefined;
}

/** Proposes an entry for a new tag. @param byLabel the vocabulary by label */
export function proposeTag(name: string, byLabel: ReadonlyMap<string, Tag>): TagProposal {
	const { id, clash, alternatives } = suggestId(name, byLabel);
	const [free = id, ...others] = alternatives;
	const entry = `${toScalar(free)}: { name: ${toScalar(name)}, kind: topic }`;
	if (clash === undefined) return { entry, remark: undefined };
	return { entry, remark: `"${id}" ${clash}. Choose ${free}, ${others.join(', ')} or an id of your own.` };
}
