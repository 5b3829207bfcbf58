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

/**
 * The colours that are other than in `src/styles/colours.ts`, each in light and in dark:
 * `{ lapis: ['#8a1538', '#ff9db5'] }`. The build says where text could not be read.
 */
export const colours = {} as const;
