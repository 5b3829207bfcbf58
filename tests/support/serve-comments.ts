import { once } from 'node:events';
import { join } from 'node:path';
import { moderationSchema } from '../../src/schemas/moderation.ts';
import { dispatch } from '../../src/server/dispatch.ts';
import { hardenServer } from '../../src/server/harden.ts';
import { serveEdition } from '../../src/server/serve-edition.ts';
import { openService } from '../../src/service/open.ts';

// Serves the edition of a folder and comments on it at a free port, which it prints, until SIGTERM.
const [folder = '', database = ''] = process.argv.slice(2);
const service = await openService({
	edition: join(folder, 'dist'),
	comments: join(folder, 'comments'),
	readRules: () => Promise.resolve(moderationSchema.parse({ perAddress: 1_000_000 })),
	now: Date.now,
	database,
	proxies: ['127.0.0.1'],
	build: [],
	pause: 0,
});
const { server, stop } = hardenServer(dispatch(serveEdition(join(folder, 'dist')), service.answer));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' ? address?.port : address);
await new Promise((resolve) => process.once('SIGTERM', resolve));
await stop();
await service.stop();
