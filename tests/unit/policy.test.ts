import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, test } from 'vitest';
import { headersOf, toHeadersFile } from '../../src/domain/headers.ts';
import { policyOf } from '../../src/domain/policy.ts';

const hash = 'Udx3IpcAc0ZeK/0Y4MPoAXtahGvxT1aCOF4hDSOvf7k=';

describe('the policy of a page', () => {
	test('lets nothing run and nothing be asked of other hosts', () => {
		expect(policyOf('/2025/06/x/', [hash])).toBe(
			`default-src 'none';style-src 'sha256-${hash}';img-src 'self';font-src 'self';manifest-src 'self';form-action 'self';base-uri 'none'`,
		);
	});

	test('lets the search alone run a module and WebAssembly', () => {
		const added = "script-src 'self' 'wasm-unsafe-eval';connect-src 'self'";
		expect(policyOf('/search/', [hash])).toBe(`${policyOf('/', [hash])};${added}`);
		expect(policyOf('/tags/search/', [hash])).not.toContain('script-src');
	});

	test.each(['/', '/search/'])('of %s has no grave finding', (path) => {
		const findings = new CspEvaluator(new CspParser(policyOf(path, [hash])).csp).evaluate();
		const grave = findings.filter(({ severity }) => severity <= Severity.MEDIUM);
		expect(grave.map(({ directive, description }) => `${directive}: ${description}`)).toEqual([]);
	});
});

describe('headers', () => {
	test('keep what is named after its bytes for good, and let everything else be asked for anew', () => {
		expect(headersOf('/_astro/fonts/x.woff2')).toMatchObject({
			'Cache-Control': 'public, max-age=31536000, immutable',
		});
		for (const path of ['/', '/rss.xml', '/2025/06/x/card.png', '/icon.svg'])
			expect(headersOf(path)).toMatchObject({ 'Cache-Control': 'no-cache' });
	});

	test('forbid frames, guessed types and devices everywhere', () => {
		for (const path of ['/', '/_astro/x.webp', '/rss.xml'])
			expect(headersOf(path)).toMatchObject({
				'Content-Security-Policy': "frame-ancestors 'none'",
				'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
				'Referrer-Policy': 'strict-origin-when-cross-origin',
				'X-Content-Type-Options': 'nosniff',
			});
	});

	test('stand in the file of hosts so that none is said twice of one file', () => {
		const rules = toHeadersFile()
			.trimEnd()
			.split(/\n(?=\S)/);
		expect(rules.map((rule) => rule.split('\n', 1)[0])).toEqual(['/*', '/_astro/*']);
		const names = rules.map((rule) => [...rule.matchAll(/^ {2}([\w-]+): \S/gm)].map(([, name]) => name));
		const all = names.flat();
		expect(new Set(all).size).toBe(all.length);
		expect(all).toEqual(Object.keys(headersOf('/_astro/x.webp')));
	});
});
