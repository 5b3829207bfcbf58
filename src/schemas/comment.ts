import { z } from 'astro/zod';
import { isBefore, moment } from './moment.ts';
import { id, plainLine, plainText } from './text.ts';

/** `content/comments/<year>/<month>/<slug>/<id>.yaml`: one approved comment. */
export const commentSchema = z
	.strictObject({
		name: plainLine(80).describe('Name under which the comment was sent'),
		writtenAt: moment.describe('When the reader sent it'),
		approvedAt: moment.describe('When an editor approved it; readers see it from then on'),
		text: plainText(5000).describe('The comment: plain text, an empty line between paragraphs'),
		replyTo: id.optional().describe('File name, without .yaml, of the comment that this one answers'),
		isEdited: z.boolean().optional().describe('true where the newsroom has changed the text; readers are told'),
		isDesk: z.boolean().optional().describe('true where the newsroom answers; readers are told'),
	})
	.refine((comment) => !isBefore(comment.approvedAt, comment.writtenAt), {
		path: ['approvedAt'],
		error: 'is earlier than writtenAt. Correct one of the two',
	});

export type CommentEntry = z.infer<typeof commentSchema>;
