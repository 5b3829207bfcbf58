/** Gives a field that another newsroom may fill otherwise the type of all its values. */
const choose = <T>(value: T): T => value;

/**
 * The publication. Another newsroom makes the paper its own by changing this file, `content/` and `public/`:
 * `npm run start-over` does so.
 */
export const site = {
	title: 'Meridian',
	tagline: 'Central Asia and its neighbours',
	description: 'Meridian is a newspaper about Central Asia and its neighbours: politics, trade and the roads between.',
	/** A BCP 47 language tag, such as `en-GB`, `ru` or `kk`; `src/words/` must have its words. */
	language: 'en-GB',
	/** The newsroom's IANA time zone: it decides on which day something was published. */
	timeZone: 'Asia/Almaty',
	/** Scheme and host under which readers find the paper, without a path. */
	origin: 'https://meridian.example.org',
	/** The path under which the paper lives at that host: `/`, or `/news/` with both strokes. */
	base: '/',
	/**
	 * Authority and date of the tag URIs (RFC 4151) that name articles in feeds. Never change it, not even with
	 * the origin: every article would look new to everyone who subscribes.
	 */
	feedAuthority: 'meridian.example.org,2025',
	/** What a tag's feed holds of each article: its `full` text, or the `standfirst` alone where there are very many tags. */
	tagFeeds: choose<'full' | 'standfirst'>('full'),
	/** Address of the WebSub hub, if there is one, that is told of every new edition and tells feed readers. */
	webSubHub: choose<string | undefined>(undefined),
	/**
	 * Where readers' comments go: to the `service` that `npm start` runs, or as `letters` to the editor's address: a paper
	 * that is files alone.
	 */
	comments: choose<'service' | 'letters'>('service'),
	editorEmail: 'editor@meridian.example.org',
	/** Links of the header and of the footer: a label and a path without the base. */
	navigation: [
		{ label: 'Latest', path: '/' },
		{ label: 'Sections', path: '/sections/' },
		{ label: 'Tags', path: '/tags/' },
		{ label: 'Authors', path: '/authors/' },
		{ label: 'About', path: '/about/' },
	],
	footer: [
		{ label: 'Feeds', path: '/feeds/' },
		{ label: 'Corrections', path: '/corrections/' },
		{ label: 'Privacy', path: '/privacy/' },
		{ label: 'Accessibility', path: '/accessibility/' },
	],
} as const;

/** The colours of pages, cards and maps, each in light and in dark. The build says where they could not be read. */
export const colours = {
	paper: ['#fcfaf5', '#171613'],
	/** Behind what stands out a little. */
	paperShade: ['#f3efe5', '#201e1a'],
	ink: ['#1d1b18', '#ebe6da'],
	inkSoft: ['#5a554b', '#aaa395'],
	/** Thin lines between parts. */
	rule: ['#d9d2c3', '#3b382f'],
	/** Links, pins and what has the focus. */
	lapis: ['#1e4a94', '#93b7f2'],
	/** Bars, and the edges of what stands out. */
	saffron: ['#b86a00', '#f0ac3f'],
	/** Of maps, as all that follow. */
	sea: ['#d6e2e8', '#1b2830'],
	land: ['#f6f2e8', '#2a2823'],
	/** The countries that a map is about. */
	landFocus: ['#f0dfb4', '#4a3c1e'],
	border: ['#a49b89', '#6a6455'],
} as const;
