import { Hono } from 'hono';
import * as paths from '../domain/paths.ts';
import { serviceWords } from '../words/service-words.ts';
import type { Connections } from './connection.ts';
import { deskRoutes } from './desk/routes.ts';
import { formRoutes } from './form.ts';
import { answerNotice } from './form-page.ts';
import { newsRoutes } from './news.ts';
import type { Service } from './service.ts';
import type { CommentRow } from './tables.ts';

const words = serviceWords.service;

/** Returns what answers for everything that is not in the edition: comments and the desk. @param onComment is told of each comment that is kept */
export async function serviceApp(
	service: Service,
	connections: Connections,
	onComment?: (comment: CommentRow) => void,
): Promise<Hono> {
	const app = new Hono();
	// Stands before the desk: who knows the feed's address need not sign in.
	app.route('/', newsRoutes(service));
	app.route(paths.withBase(paths.serviceRoot), await formRoutes(service, connections, onComment));
	app.route(paths.desk(), deskRoutes(service, connections));
	for (const root of [paths.withBase(paths.serviceRoot), paths.desk()])
		app.get(root.slice(0, -1), (context) => context.redirect(root, 301));
	app.notFound((context) => answerNotice(context, 404, words.notThere, words.notThereText));
	app.onError((error, context) => {
		console.error(`${context.req.method} ${paths.withoutSecrets(context.req.path)} failed: ${error.message}`);
		return answerNotice(context, 503, words.unavailable, words.unavailableText);
	});
	return app;
}
