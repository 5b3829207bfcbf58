/** Every file of the sample newsroom in `content/`: what else lies there is somebody's own. */
export const sampleFiles: ReadonlySet<string> = new Set([
	'articles/2023/05/xian-first-summit.md',
	'articles/2024/12/railway-work-starts.md',
	'articles/2025/01/china-central-asia-trade-2024.md',
	'articles/2025/04/samarkand-eu-summit.md',
	'articles/2025/06/astana-summit-treaty.md',
	'articles/2025/06/china-xi-kazakhstan-central-asia-ties.md',
	'articles/2025/06/kazakhstan-nuclear-plants.md',
	'authors/meridian.yaml',
	'authors/sophia-klein.yaml',
	'front.yaml',
	'gazetteer.yaml',
	'pages/about.md',
	'pages/accessibility.md',
	'pages/comment-rules.md',
	'pages/privacy.md',
	'sections.yaml',
	'tags.yaml',
]);

/** Pages of the sample that say what the program does: a new newsroom keeps them, with its own name in them. */
export const keptPages = ['accessibility', 'comment-rules', 'privacy'] as const;
