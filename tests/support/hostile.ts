import fc from 'fast-check';

/** How often each property is tried: `FUZZ_RUNS`, by default a thousand times. A failure prints its seed. */
export const runs = Number(process.env['FUZZ_RUNS'] ?? 1_000);

const sign = fc.constantFrom(
	...'<>&"\'`*_~[](){}#|:-=+!\\/\n\t ^$%@;?.,'.split(''),
	'\n\n',
	'\u202E',
	'\u2066',
	'\u2069',
	'\u200D',
	'\u0000',
	'\uFFFE',
);
const piece = fc.constantFrom(
	...[
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'<svg/onload=alert(1)>',
		'<!-- a -->',
		'<!-->',
		'--!>',
		']]>',
		'<![CDATA[',
	],
	...[
		'<?x ?>',
		'</p>',
		'<style>',
		'[a](javascript:alert(1))',
		'[a](&#106;avascript:x)',
		'<data:text/html,x>',
		'[a]: //b.example\n',
		'[a]',
	],
	...[
		'[a](/x "t&quot; onclick=x")',
		'![a](x)',
		'[^1]',
		'\n[^1]: note\n',
		'\n## ',
		'\n#### ',
		'\n> ',
		'\n- ',
		'\n1. ',
		'\n    code\n',
		'\n```\n',
	],
	...[
		'\n```map\n',
		'|a|b|\n|-|:-:|\n|1|2|\n',
		'{#id}',
		'{#',
		'&#x202e;',
		'&lt;script&gt;',
		'https://a.example/',
		'www.a.example',
		'a@b.example',
		'**a**',
		'~~b~~',
	],
	...[
		'жол',
		'中文',
		'می‌خواهم',
		'👩‍🚀',
		'__proto__',
		'constructor',
		'${x}',
		'{{x}}',
		'http://u:p@a.example',
		'%E2%80%AE',
	],
);
const safePiece = fc.constantFrom(
	'word ',
	'\n\n',
	'\n\n## Part\n\n',
	'*em* ',
	'**b** ',
	'`<b>` ',
	'[a](https://a.example/?"x) ',
	'\\<i> ',
	'&lt;i&gt; ',
	'\n\n> q\n\n',
	'\n\n- l\n\n',
	'жол ',
	'& ',
	'" ',
);

/** Lines that somebody who means harm might write. */
export const hostileText = fc
	.array(
		fc.oneof(
			{ weight: 3, arbitrary: piece },
			{ weight: 3, arbitrary: sign },
			fc.string({ unit: 'binary', maxLength: 8 }),
			fc.string({ maxLength: 12 }),
		),
		{ maxLength: 14 },
	)
	.map((parts) => parts.join(''));

/** Markdown of which much can be published, so that its output is looked at too. */
export const markdown = fc.oneof(
	hostileText,
	fc
		.array(fc.oneof({ weight: 5, arbitrary: safePiece }, piece), { minLength: 1, maxLength: 10 })
		.map((parts) => `Text ${parts.join('')}`),
	fc.array(safePiece, { minLength: 1, maxLength: 12 }).map((parts) => `Text ${parts.join('')}`),
);
