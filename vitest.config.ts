import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		projects: [
			{ test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
			{
				test: {
					name: 'build',
					include: ['tests/build/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 240_000,
				},
			},
			{ test: { name: 'service', include: ['tests/service/**/*.test.ts'], testTimeout: 30_000 } },
			{
				test: {
					name: 'postgres',
					include: ['tests/service/**/*.test.ts', 'tests/postgres/**/*.test.ts'],
					exclude: ['tests/service/sqlite.test.ts'],
					globalSetup: 'tests/support/postgres.ts',
					testTimeout: 60_000,
				},
			},
			{ test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 120_000 } },
			{
				test: {
					name: 'clients',
					include: ['tests/clients/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 600_000,
				},
			},
			{
				test: {
					name: 'servers',
					include: ['tests/servers/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 600_000,
				},
			},
			{
				test: {
					name: 'browser',
					include: ['tests/browser/**/*.test.ts'],
					globalSetup: 'tests/browser/setup.ts',
					testTimeout: 60_000,
					hookTimeout: 240_000,
				},
			},
		],
	},
});
