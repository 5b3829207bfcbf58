import { defineConfig } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';

/** What each room may import from the others, beside the leaves, which stand open to all. */
const rooms = {
	schemas: [],
	domain: ['schemas'],
	markdown: [],
	words: [],
	styles: [],
	search: ['domain'],
	queries: ['domain', 'schemas', 'search', 'environment', 'geodata'],
	loaders: ['domain', 'schemas', 'environment', 'geodata'],
	guide: ['loaders', 'domain'],
	maps: [],
	cards: [],
	components: ['domain', 'schemas', 'search'],
	layouts: ['components', 'domain', 'schemas'],
	pages: ['layouts', 'components', 'queries', 'guide', 'domain', 'schemas'],
	edition: ['domain', 'schemas', 'search', 'environment'],
	server: ['edition', 'domain'],
	links: ['loaders', 'domain'],
	delivery: ['server', 'edition', 'domain'],
	import: ['links', 'loaders', 'domain', 'schemas', 'environment'],
	service: ['edition', 'loaders', 'domain', 'schemas', 'environment', 'git'],
	export: ['loaders', 'domain', 'schemas', 'environment', 'geodata'],
	newsroom: ['loaders', 'domain', 'schemas', 'environment', 'git'],
	commands: [
		'import',
		'export',
		'newsroom',
		'service',
		'delivery',
		'server',
		'edition',
		'links',
		'loaders',
		'domain',
		'schemas',
		'environment',
		'git',
	],
};
const leaves = ['markdown', 'maps', 'cards', 'words', 'site', 'styles'];
const pureRooms = ['schemas', 'domain', 'search', 'markdown', 'maps', 'cards', 'words'];

const oneDoor = { regex: '^astro:content$', message: 'Only queries/ opens the collections: ask it for articles.' };
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const directions = Object.entries(rooms).flatMap(([room, allowed]) => {
	const open = [room, ...allowed, ...leaves].join('|');
	/** @param depth how many folders a file lies in; one that is up by fewer is the room's own */
	const direction = (depth) => ({
		regex: `^(?:\\./)?(?:\\.\\./){${depth},}(?!(?:${open})(?:/|\\.ts$)|\\.\\.)[a-z]`,
		message: `${room}/ may import from ${[...allowed, ...leaves].join(', ')} only: see "Find your way" in the README.`,
	});
	const purity = { regex: '^(?:node|astro):', message: `${room}/ is pure: no files, no network, no Astro.` };
	const others = [...(room === 'queries' ? [] : [oneDoor]), ...(pureRooms.includes(room) ? [purity] : [])];
	return [
		{ files: [`src/${room}/**`], rules: restrict(direction(1), ...others) },
		{ files: [`src/${room}/*/**`], rules: restrict(direction(2), ...others) },
	];
});

const rootFiles = [
	{ files: ['src/*.ts'], ignores: ['src/content.config.ts'], rules: restrict(oneDoor) },
	{ files: ['src/site.ts'], rules: restrict({ regex: '', message: 'site.ts imports nothing.' }) },
	{
		files: ['src/**'],
		// Pagefind's program is made with the edition: no file at the head of which it could be imported is there before.
		ignores: ['src/search/pagefind.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'ImportExpression', message: 'Import at the head of the file, where the directions are checked.' },
			],
		},
	},
];

export default defineConfig(
	{ ignores: ['dist', '.*-editions/', '.astro/', '.cache/', '.data/', '.drafts/'] },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
			'@typescript-eslint/no-confusing-void-expression': [
				'error',
				{ ignoreVoidOperator: true, ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
			],
			'@typescript-eslint/no-meaningless-void-operator': 'off',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// The strictest TypeScript wants brackets where this rule wants a dot.
			'@typescript-eslint/dot-notation': 'off',
		},
	},
	...astro.configs['flat/recommended'],
	...directions,
	...rootFiles,
);
