import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { isId } from '../../schemas/text.ts';
import { serviceWords } from '../../words/service-words.ts';
import { type Faults, findFaults, readTyped } from '../fields.ts';
import type { Service } from '../service.ts';
import type { CommentRow } from '../tables.ts';
import { readAuditOf } from './audit.ts';
import { answer, block, decide, edit, type Outcome, readSeen, type Seen, isAsSeen } from './decisions.ts';
import { type DeskEnv, goTo, type Notice } from './frame.ts';
import { readAnswered } from './lists.ts';
import { answerComment, answerMeanwhile, type Draft } from './pages.ts';
import { answerRefusal } from './sign-in.ts';

const words = serviceWords.desk;

/** Returns what answers for one comment: all that is known of it, and what editors do with it. */
export function commentRoutes(service: Service): Hono<DeskEnv> {
	const { database } = service;
	const routes = new Hono<DeskEnv>();
	const find = async (id: string) =>
		isId(id) ? database.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst() : undefined;

	const answerFor = async (context: Context<DeskEnv>, comment: CommentRow | undefined, draft?: Draft) =>
		comment
			? answerComment(context, service, comment, {
					answered: await readAnswered(database, [comment]),
					history: await readAuditOf(database, comment.id),
					receipt: randomUUID(),
					...(draft && { draft }),
				})
			: answerRefusal(context, 404, words.notThere);

	/** Does to the comment of the address what a form asks for. */
	const doing =
		(notice: Notice, deed: (context: Context<DeskEnv>, seen: Seen) => Promise<Outcome | Draft>) =>
		async (context: Context<DeskEnv>) => {
			const seen = readSeen(context.get('form').get('seen') ?? '');
			const id = context.req.param('id') ?? '';
			const outcome = await deed(context, seen.id === id ? seen : { id: '', state: '' });
			if ('faults' in outcome) {
				const comment = await find(id);
				const isStale = comment && !isAsSeen(comment, seen);
				return isStale ? answerMeanwhile(context, service, [comment]) : answerFor(context, comment, outcome);
			}
			if (outcome.kind === 'stale') return answerMeanwhile(context, service, [outcome.comment]);
			return goTo(context, new URLSearchParams(), outcome.kind === 'same' ? 'unchanged' : notice, `comments/${id}`);
		};

	routes.get('/:id', async (context) => answerFor(context, await find(context.req.param('id'))));
	for (const [place, status] of [
		['approve', 'approved'],
		['reject', 'rejected'],
	] as const)
		routes.post(
			`/:id/${place}`,
			doing(status, (context, seen) => decide(service, context.get('session').editor, seen, status)),
		);
	routes.post(
		'/:id/edit',
		doing('edited', async (context, seen) => {
			const typed = readTyped(context.get('form'));
			const faults = findFaults({ ...typed, email: '' });
			if (hasAny(faults)) return { edit: typed, faults };
			return edit(service, context.get('session').editor, seen, typed);
		}),
	);
	routes.post(
		'/:id/answer',
		doing('answered', async (context, seen) => {
			const form = context.get('form');
			const { text } = readTyped(form);
			const { text: fault } = findFaults({ name: words.title, text, email: '' });
			if (fault !== undefined) return { answer: text, faults: { text: fault } };
			const receipt = form.get('receipt') ?? '';
			return answer(service, context.get('session').editor, seen, { text, receipt: `desk-${receipt}` });
		}),
	);
	routes.post(
		'/:id/block',
		doing('blocked', async (context, seen) => {
			const chosen = context.get('form').getAll('kind');
			const kinds = (['email', 'address'] as const).filter((kind) => chosen.includes(kind));
			if (kinds.length === 0) return { faults: { email: words.noKind } };
			return block(service, context.get('session').editor, seen, kinds);
		}),
	);
	return routes;
}

function hasAny(faults: Faults): boolean {
	return Object.keys(faults).length > 0;
}
