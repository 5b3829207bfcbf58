import { defineConfig } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';

/** What each room may import from the others; `markdown`, `words`, `site`, `environment` and `styles` stand open to all. */
const rooms = {
	schemas: [],
	domain: ['schemas'],
	markdown: [],
	words: [],
	queries: ['domain', 'schemas'],
	loaders: ['domain', 'schemas'],
	components: ['domain', 'schemas'],
	layouts: ['components', 'domain', 'schemas'],
	pages: ['layouts', 'components', 'queries', 'domain', 'schemas'],
	edition: ['domain'],
	commands: ['edition', 'domain'],
};
const leaves = ['markdown', 'words', 'site', 'environment', 'styles'];

const directions = Object.entries(rooms).map(([room, allowed]) => {
	const open = [room, ...allowed, ...leaves].join('|');
	const patterns = [
		{
			regex: `^(?:\\.\\./)+(?!(?:${open})(?:/|\\.ts$)|\\.\\.)[a-z]`,
			message: `${room}/ may import from ${[...allowed, ...leaves].join(', ')} only: see "The house" in the README.`,
		},
	];
	if (room !== 'queries')
		patterns.push({ regex: '^astro:content$', message: 'Only queries/ opens the collections: ask it for articles.' });
	if (room === 'domain' || room === 'schemas')
		patterns.push({ regex: '^(?:node|astro):', message: `${room}/ is pure: no files, no network, no Astro.` });
	return {
		files: [`src/${room}/**`],
		rules: { 'no-restricted-imports': ['error', { patterns }] },
	};
});

export default defineConfig(
	{ ignores: ['dist/', '.astro/', '.cache/', 'tests/fixtures/'] },
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
);
