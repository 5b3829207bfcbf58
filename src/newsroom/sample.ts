/**
 * Every file of the sample newsroom in `content/` with the beginning of its SHA-256: what else lies there, or has changed, is
 * somebody's own.
 */
export const sampleFiles: ReadonlyMap<string, string> = new Map([
	['articles/2023/05/xian-first-summit.md', '0676ec608ede3177'],
	['articles/2024/12/railway-work-starts.md', '44ca85c73932928c'],
	['articles/2025/01/china-central-asia-trade-2024.md', 'ff534d8944b4a963'],
	['articles/2025/04/samarkand-eu-summit.md', '9960cbe569ebdf11'],
	['articles/2025/06/astana-summit-treaty.md', '2fc7bdcd461ae681'],
	['articles/2025/06/china-xi-kazakhstan-central-asia-ties.md', 'e2318ad3d111377c'],
	['articles/2025/06/kazakhstan-nuclear-plants.md', 'bc434b8ea060ae5d'],
	['authors/meridian.yaml', '95a197a021870b35'],
	['authors/sophia-klein.yaml', 'b89da058ee0790c1'],
	['front.yaml', 'db8ec7874525dce5'],
	['gazetteer.yaml', 'bfb038867f5d2fe9'],
	['pages/about.md', '27060a70d7e9b71d'],
	['pages/accessibility.md', '8b6b809ebb02eb83'],
	['pages/comment-rules.md', '2c75a3a895c5c38f'],
	['pages/privacy.md', 'e787c9e9ced411ba'],
	['sections.yaml', '2caf540e0ff8c01b'],
	['tags.yaml', 'f785819fa8a92ef0'],
]);

/** Pages of the sample that say what the program does: a new newsroom keeps them, with its own name in them. */
export const keptPages = ['accessibility', 'comment-rules', 'privacy'] as const;
