import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { moderationSchema } from '../../src/schemas/moderation.ts';
import { openService } from '../../src/service/open.ts';

// Serves the comments of a folder's edition at a free port, which it prints, until SIGTERM.
const [folder = '', database = ''] = process.argv.slice(2);
const service = await openService({
	edition: join(folder, 'dist'),
	comments: join(folder, 'comments'),
	rules: moderationSchema.parse({ perAddress: 1_000_000 }),
	now: Date.now,
	database,
	proxies: ['127.0.0.1'],
	build: [],
	pause: 0,
});
const server = createServer(service.answer).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' ? address?.port : address);
await new Promise((resolve) => process.once('SIGTERM', resolve));
server.close();
server.closeIdleConnections();
await once(server, 'close');
await service.stop();
