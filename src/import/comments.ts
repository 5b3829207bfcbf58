import { stringify } from 'yaml';
import { formatProblem, type Problem } from '../domain/problems.ts';
import { parseFields } from '../loaders/fields.ts';
import { readYaml } from '../loaders/yaml.ts';
import { removeForbidden } from '../markdown/characters.ts';
import { commentSchema } from '../schemas/comment.ts';
import { toLine } from './plain.ts';
import type { ImportedComment } from './post.ts';

/** The file of a comment, as it would be written. */
export interface CommentDraft {
	id: string;
	text: string;
	/** Whether it can be shown to readers: an editor has approved it, and it keeps the rules. */
	isFit: boolean;
	/** Why not, where an editor has approved it: a sentence. */
	fault: string | undefined;
	/** Whether it answered another that readers cannot see here, and so stands by itself. */
	isLoose: boolean;
}

/**
 * Writes the comments of one article as files. Answers to comments that are not fit stand by themselves.
 * @param removed ids of those that editors have deleted since an earlier import
 */
export function draftComments(comments: readonly ImportedComment[], removed: ReadonlySet<string>): CommentDraft[] {
	const fit = new Set<string>();
	return comments.map((comment) => {
		const { id, isApproved, approvedAt = comment.writtenAt, isEdited, isDesk } = comment;
		// What it answers was written before it, so that answers cannot run in a circle.
		const replyTo = comment.replyTo !== undefined && fit.has(comment.replyTo) ? comment.replyTo : undefined;
		const text = stringify(
			{
				name: toLine(comment.name),
				writtenAt: comment.writtenAt ?? '',
				approvedAt: approvedAt ?? '',
				text: removeForbidden(comment.text.normalize('NFC')).trim(),
				...(replyTo !== undefined && { replyTo }),
				...(isEdited === true && { isEdited }),
				...(isDesk === true && { isDesk }),
			},
			{ lineWidth: 0, singleQuote: true },
		);
		const problems: Problem[] = [];
		const yaml = readYaml(text, `${id}.yaml`, problems);
		if (yaml) parseFields(commentSchema, yaml, `${id}.yaml`, problems);
		const isFit = isApproved && problems.length === 0;
		if (isFit && !removed.has(id)) fit.add(id);
		const isLoose = isFit && replyTo !== comment.replyTo;
		return { id, text, isFit, isLoose, fault: isApproved && problems[0] ? formatProblem(problems[0]) : undefined };
	});
}
