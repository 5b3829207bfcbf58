import sharp from 'sharp';
import { seeded } from '../bench/corpus.ts';
import { articleFile } from './content.ts';

/** Returns numbers from 0 up to 1. */
type Random = () => number;

interface Story {
	title: string;
	standfirst: string;
	/** Minutes since 1970, from which also its place follows. */
	minute: number;
	slug: string;
	section: string;
	authors: string[];
	tags: string[];
	text: string;
	isDraft: boolean;
	updatedAt: number | undefined;
	corrections: number[];
	retractedAt: number | undefined;
	reason: string;
	formerPaths: string[];
	/** What it is a translation of. */
	translates: Story | undefined;
	figure: { kind: 'none' } | { kind: 'map'; place: string } | { kind: 'picture'; shade: number };
	comments: {
		id: number;
		approvedAt: number;
		replyTo: number | undefined;
		text: string;
		isEdited?: boolean;
		isDesk?: boolean;
	}[];
}

interface Term {
	id: string;
	name: string;
	aliases: string[];
	description: string | undefined;
	broader: string | undefined;
	formerly: string[];
}

interface Subject {
	id: string;
	name: string;
	description: string;
}

/** A newsroom that tests change step by step: whatever state it is in, a build takes it. */
export interface ChangingNewsroom {
	/** The moment for which the paper is made, in minutes since 1970. */
	clock: number;
	stories: Story[];
	/** A tag is part of none but such as stand before it. */
	tags: Term[];
	sections: Subject[];
	authors: Subject[];
	/** Longitudes of the places that maps name. */
	places: Map<string, number>;
	front: { lead: Story | undefined; pins: Story[] };
	about: string;
	siteTitle: string;
	/** Stands in a template. */
	remark: string;
	/** How often something was made that must be like nothing before. */
	count: number;
}

const kinds = ['person', 'place', 'organisation', 'topic'];
const topics = 'Harbours Rivers Railways Bridges Forests Museums Cotton Steel Wheat Glaciers Ferries Schools'.split(
	' ',
);
const day = 24 * 60;
const toIso = (minute: number) => `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`;
const start = Date.UTC(2025, 6, 1) / 60_000;

/** Returns where a story stands: the month is that of the newsroom's time zone, five hours before Greenwich. */
function idOf({ minute, slug }: Story): string {
	const local = toIso(minute + 5 * 60);
	return `${local.slice(0, 4)}/${local.slice(5, 7)}/${slug}`;
}

const isOut = (story: Story, clock: number) =>
	!story.isDraft && story.minute <= clock && (story.retractedAt === undefined || story.retractedAt > clock);

function pick<T>(random: Random, from: readonly T[]): T {
	const one = from[Math.floor(random() * from.length)];
	if (one === undefined) throw new RangeError('There is nothing to choose from.');
	return one;
}

function some<T>(random: Random, from: readonly T[], most: number): T[] {
	const chosen = new Set([pick(random, from)]);
	for (let i = 1; i < most; i++) if (random() < 0.5) chosen.add(pick(random, from));
	return [...chosen];
}

function makeStory(newsroom: ChangingNewsroom, random: Random, minute: number): Story {
	const number = ++newsroom.count;
	return {
		title: `${pick(random, topics)} ${number}`,
		standfirst: `What is new about ${pick(random, topics)}, ${number}.`,
		minute,
		slug: `story-${number}`,
		section: pick(random, newsroom.sections).id,
		authors: some(random, newsroom.authors, 2).map(({ id }) => id),
		tags: some(random, newsroom.tags, 4).map(({ id }) => id),
		text: `The text of story ${number}.`,
		isDraft: false,
		updatedAt: undefined,
		corrections: [],
		retractedAt: undefined,
		reason: 'It was untrue.',
		formerPaths: [],
		translates: undefined,
		figure: { kind: 'none' },
		comments: [],
	};
}

/**
 * Returns a newsroom of fifty-two stories: so many that the site's feed has an archive, and that lists of most of them have
 * a numbered page. Something of every kind is there, and waits for its time.
 */
export function makeChangingNewsroom(random: Random): ChangingNewsroom {
	const named = (names: string) =>
		names.split(' ').map((name) => ({ id: name.toLowerCase(), name, description: `All about ${name}.` }));
	const newsroom: ChangingNewsroom = {
		clock: start,
		stories: [],
		tags: topics.map((name, i) => ({
			id: name.toLowerCase(),
			name,
			aliases: i % 2 === 0 ? [`Old ${name}`] : [],
			description: undefined,
			broader: i % 3 === 0 ? undefined : topics[i - 1]?.toLowerCase(),
			formerly: i % 4 === 0 ? [`former-${name.toLowerCase()}`] : [],
		})),
		sections: named('Politics Trade Culture'),
		authors: named('Anna Bela Chris Dana'),
		places: new Map([
			['astana', 71.45],
			['almaty', 76.92],
		]),
		front: { lead: undefined, pins: [] },
		about: 'What this paper is.',
		siteTitle: 'Meridian',
		remark: '',
		count: 0,
	};
	for (let i = 0; i < 52; i++) {
		const story = makeStory(newsroom, random, start - Math.floor(random() ** 2 * 240 * day));
		newsroom.stories.push(i % 8 === 0 ? story : likeMost(story, newsroom));
	}
	furnish(newsroom);
	return newsroom;
}

function likeMost(story: Story, { sections, authors, tags }: ChangingNewsroom): Story {
	const idsOf = ([first]: readonly { id: string }[]) => (first ? [first.id] : []);
	return {
		...story,
		section: sections[0]?.id ?? story.section,
		authors: [...new Set([...story.authors, ...idsOf(authors)])],
		tags: [...new Set([...story.tags, ...idsOf(tags)])],
	};
}

/** Gives the first stories, one each, what stories can have. */
function furnish({ stories }: ChangingNewsroom): void {
	const soon = start + 2 * day;
	const comment = (id: number, replyTo?: number) => ({ id, approvedAt: start, replyTo, text: `Comment ${id}.` });
	const pieces: Partial<Story>[] = [
		{ figure: { kind: 'map', place: 'astana' } },
		{ figure: { kind: 'picture', shade: 0 } },
		{ comments: [comment(1), comment(2), comment(3, 1), { ...comment(4), approvedAt: soon }] },
		{ minute: soon },
		{ retractedAt: start },
		{ retractedAt: soon },
		{ corrections: [start, soon] },
		{ updatedAt: soon },
		{ isDraft: true },
	];
	for (const [i, piece] of pieces.entries()) Object.assign(stories[i] ?? {}, piece);
	for (const [i, story] of stories.entries()) if (i % 5 === 4) story.formerPaths.push(`2023/03/former-${i}`);
}

/** Changes that stories see; each is told of one that readers have. */
const storyChanges: Readonly<Record<string, (story: Story, newsroom: ChangingNewsroom, random: Random) => void>> = {
	headline: (story, newsroom, random) => (story.title = `${pick(random, topics)} anew ${++newsroom.count}`),
	standfirst: (story, newsroom) => (story.standfirst = `Told anew, ${++newsroom.count}.`),
	text: (story, newsroom) => (story.text = `Another text, ${++newsroom.count}.\n\nAnd more.`),
	tags: (story, newsroom, random) => (story.tags = some(random, newsroom.tags, 4).map(({ id }) => id)),
	section: (story, newsroom, random) => (story.section = pick(random, newsroom.sections).id),
	author: (story, newsroom, random) => (story.authors = some(random, newsroom.authors, 2).map(({ id }) => id)),
	date: (story, newsroom, random) => {
		const latest = Math.min(newsroom.clock, ...story.corrections, story.updatedAt ?? Infinity);
		story.minute = latest - Math.floor(random() ** 2 * 240 * day);
	},
	'date of another year': (story, newsroom) => {
		story.minute -= Math.ceil(365 * 1.5 * (1 + (newsroom.count % 2))) * day;
	},
	rename: (story, newsroom) => {
		story.formerPaths.push(idOf(story));
		story.slug = `renamed-${++newsroom.count}`;
	},
	move: (story, newsroom) => (story.slug = `moved-${++newsroom.count}`),
	delete: (story, newsroom) => {
		newsroom.stories.splice(newsroom.stories.indexOf(story), 1);
		for (const other of newsroom.stories) if (other.translates === story) other.translates = undefined;
		if (newsroom.front.lead === story) newsroom.front.lead = undefined;
		newsroom.front.pins = newsroom.front.pins.filter((pin) => pin !== story);
	},
	translate: (story, newsroom, random) => {
		const original = pick(random, newsroom.stories);
		const isOriginal = newsroom.stories.some(({ translates }) => translates === story);
		if (original !== story && !original.translates && !isOriginal) story.translates = original;
	},
	draft: (story) => (story.isDraft = true),
	update: (story, newsroom) => (story.updatedAt = newsroom.clock),
	correct: (story, newsroom) => story.corrections.push(newsroom.clock),
	retract: (story, newsroom) => (story.retractedAt = newsroom.clock),
	comment: (story, newsroom, random) => {
		const replyTo = random() < 0.5 ? story.comments[0]?.id : undefined;
		// Half of the time more than the page has room for.
		const more = random() < 0.5 ? 0 : 11;
		for (let i = 0; i <= more; i++) {
			const id = ++newsroom.count;
			const text = `Comment ${id}${' goes on'.repeat(more * 6)}.`;
			story.comments.push({ id, approvedAt: newsroom.clock, replyTo: i % 3 === 2 ? id - 1 : replyTo, text });
		}
	},
	'map drawn': (story, newsroom, random) => {
		story.figure = { kind: 'map', place: pick(random, [...newsroom.places.keys()]) };
	},
	'picture put in': (story, newsroom) => (story.figure = { kind: 'picture', shade: ++newsroom.count }),
	lead: (story, newsroom) => (newsroom.front.lead = newsroom.front.lead ? undefined : story),
	pin: (story, newsroom) => {
		newsroom.front.pins = newsroom.front.pins.includes(story) ? [] : [...newsroom.front.pins, story].slice(-3);
	},
};

const swapCase = (letter: string) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase());

const replace = (ids: readonly string[], from: string, to: string) => [
	...new Set(ids.map((id) => (id === from ? to : id))),
];

/** Puts a tag in the place of another wherever that stands. */
function replaceTag(newsroom: ChangingNewsroom, from: Term, to: Term): void {
	for (const story of newsroom.stories) story.tags = replace(story.tags, from.id, to.id);
	const position = newsroom.tags.indexOf(to);
	for (const [i, tag] of newsroom.tags.entries())
		if (tag.broader === from.id) tag.broader = position < i ? to.id : undefined;
	newsroom.tags.splice(newsroom.tags.indexOf(from), 1);
}

const twoTags = (newsroom: ChangingNewsroom, random: Random): [first: Term, second: Term] => {
	const first = pick(random, newsroom.tags.slice(0, -1));
	return [first, pick(random, newsroom.tags.slice(newsroom.tags.indexOf(first) + 1))];
};

/** All other changes of the newsroom. */
const otherChanges: Readonly<Record<string, (newsroom: ChangingNewsroom, random: Random) => void>> = {
	add: (newsroom, random) => {
		newsroom.stories.push(makeStory(newsroom, random, newsroom.clock - Math.floor(random() ** 3 * 60 * day)));
	},
	undraft: (newsroom, random) => {
		const hidden = newsroom.stories.filter(({ isDraft }) => isDraft);
		for (const story of hidden) story.isDraft = false;
		if (hidden.length === 0)
			newsroom.stories.push({ ...makeStory(newsroom, random, newsroom.clock - day), isDraft: true });
	},
	'tag merged': (newsroom, random) => {
		const pair = twoTags(newsroom, random);
		const [from, to] = random() < 0.5 ? pair : pair.toReversed();
		if (!from || !to || newsroom.tags.length < 6) return;
		to.formerly.push(from.id, ...from.formerly);
		to.aliases.push(from.name, ...from.aliases);
		replaceTag(newsroom, from, to);
	},
	'tag removed': (newsroom, random) => {
		const [to, from] = twoTags(newsroom, random);
		if (newsroom.tags.length >= 6) replaceTag(newsroom, from, to);
	},
	'tag renamed': (newsroom, random) => {
		pick(random, newsroom.tags).name = `${pick(random, topics)} named ${++newsroom.count}`;
	},
	'tag described': (newsroom, random) => {
		pick(random, newsroom.tags).description = `Described ${++newsroom.count}.`;
	},
	'tag made part of another': (newsroom, random) => {
		const [broader, narrower] = twoTags(newsroom, random);
		narrower.broader = narrower.broader === broader.id ? undefined : broader.id;
	},
	alias: (newsroom, random) => {
		const tag = pick(random, newsroom.tags);
		if (tag.aliases.length > 1) tag.aliases = [];
		else tag.aliases.push(`Alias ${++newsroom.count}`);
	},
	'section renamed': (newsroom, random) => {
		pick(random, newsroom.sections).name = `Section ${++newsroom.count}`;
	},
	'section described': (newsroom, random) => {
		pick(random, newsroom.sections).description = `Described ${++newsroom.count}.`;
	},
	'author renamed': (newsroom, random) => {
		pick(random, newsroom.authors).name = `Author ${++newsroom.count}`;
	},
	'author described': (newsroom, random) => {
		pick(random, newsroom.authors).description = `Described ${++newsroom.count}.`;
	},
	'alias written otherwise': (newsroom) => {
		for (const tag of newsroom.tags) tag.aliases = tag.aliases.map((alias) => alias.replace(/^./, swapCase));
	},
	'reason told anew': (newsroom) => {
		for (const story of newsroom.stories) story.reason = `It was untrue, ${++newsroom.count}.`;
	},
	'comment edited and answered': (newsroom) => {
		for (const { comments } of newsroom.stories)
			for (const comment of comments.slice(0, 1)) {
				comment.text = `Edited, ${++newsroom.count}.`;
				comment.isEdited = true;
				const id = ++newsroom.count;
				comments.push({ id, approvedAt: newsroom.clock, replyTo: comment.id, text: 'We answer.', isDesk: true });
			}
	},
	'comment removed': (newsroom, random) => {
		const discussed = newsroom.stories.filter(({ comments }) => comments.length > 0);
		if (discussed.length > 0) pick(random, discussed).comments.pop();
	},
	'picture changed': (newsroom) => {
		for (const { figure } of newsroom.stories) if (figure.kind === 'picture') figure.shade = ++newsroom.count;
	},
	'figures taken out': (newsroom) => {
		const shown = newsroom.stories.find(({ figure }) => figure.kind === 'picture');
		if (shown) shown.figure = { kind: 'none' };
	},
	'place moved': (newsroom, random) => {
		newsroom.places.set(pick(random, [...newsroom.places.keys()]), 66 + (++newsroom.count % 10));
	},
	'page edited': (newsroom) => (newsroom.about = `What this paper is, ${++newsroom.count}.`),
};

/** A change of the program, after which everything is made anew. */
const changeOfProgram = (seed: number): Change => ({
	name: seed % 2 === 0 ? 'site titled' : 'template changed',
	isOfProgram: true,
	make: (newsroom) => {
		if (seed % 2 === 0) newsroom.siteTitle = `Meridian ${++newsroom.count}`;
		else newsroom.remark = `Remark ${++newsroom.count}. `;
	},
});

const goOn: Change = {
	name: 'go on by a week',
	isOfProgram: false,
	make: (newsroom) => (newsroom.clock += 7 * day),
};

export interface Change {
	name: string;
	/** True where it changes the program, of which everything follows. */
	isOfProgram: boolean;
	/** Makes the change; one that finds nothing to change leaves all as it was. */
	make(newsroom: ChangingNewsroom, random: Random): void;
}

const changesOfContent: readonly Change[] = [
	...Object.entries(storyChanges).map(([name, change]) => ({
		name,
		isOfProgram: false,
		make: (newsroom: ChangingNewsroom, random: Random) => {
			const shown = newsroom.stories.filter((story) => isOut(story, newsroom.clock));
			change(pick(random, shown), newsroom, random);
		},
	})),
	...Object.entries(otherChanges).map(([name, make]) => ({ name, isOfProgram: false, make })),
];

/** How many sequences in a row make each change of the content once. */
const sequencesOfAll = 5;

/**
 * Returns the ten changes of a sequence: eight of the content in an order of chance, amid them one of the program, and a
 * week that goes by.
 */
export function changesOfSequence(seed: number): Change[] {
	const length = Math.ceil(changesOfContent.length / sequencesOfAll);
	const random = seeded(Math.floor((seed - 1) / sequencesOfAll));
	const first = ((seed - 1) % sequencesOfAll) * length;
	const own = changesOfContent
		.map((change) => ({ change, position: random() }))
		.sort((a, b) => a.position - b.position)
		.slice(first, first + length)
		.map(({ change }) => change);
	return [...own.slice(0, length / 2), changeOfProgram(seed), ...own.slice(length / 2), goOn];
}

/** Returns the newsroom's files by their paths in its content folder. */
export async function contentOf(newsroom: ChangingNewsroom): Promise<Record<string, string | Uint8Array>> {
	const files: Record<string, string | Uint8Array> = {
		'tags.yaml': JSON.stringify(Object.fromEntries(newsroom.tags.map((tag, i) => [tag.id, termOf(tag, i)]))),
		'sections.yaml': JSON.stringify(
			Object.fromEntries(newsroom.sections.map(({ id, name, description }) => [id, { name, description }])),
		),
		'gazetteer.yaml': JSON.stringify(
			Object.fromEntries(
				[...newsroom.places].map(([id, longitude]) => [
					id,
					{ name: id, at: [longitude, 45], country: 'KZ', source: 'Invented' },
				]),
			),
		),
		'front.yaml': JSON.stringify({
			lead: newsroom.front.lead && { article: idOf(newsroom.front.lead) },
			pins: newsroom.front.pins.map((story) => ({ article: idOf(story), until: toIso(newsroom.clock + day) })),
		}),
		'pages/about.md': `---\ntitle: About\nstandfirst: About the paper.\n---\n\n${newsroom.about}\n`,
		'pages/privacy.md': '---\ntitle: Privacy\nstandfirst: What we keep.\n---\n\nNothing.\n',
		'pages/accessibility.md': '---\ntitle: Accessibility\nstandfirst: For all.\n---\n\nWords.\n',
	};
	for (const { id, name, description } of newsroom.authors)
		files[`authors/${id}.yaml`] = JSON.stringify({ name, description });
	for (const story of newsroom.stories) Object.assign(files, await filesOf(story));
	return files;
}

function termOf({ name, aliases, description, broader, formerly }: Term, position: number): object {
	return { name, kind: kinds[position % kinds.length], aliases, description, broader, formerly };
}

async function filesOf(story: Story): Promise<Record<string, string | Uint8Array>> {
	const { figure } = story;
	const id = idOf(story);
	const files: Record<string, string | Uint8Array> = {
		[`articles/${id}${figure.kind === 'picture' ? '/index' : ''}.md`]: articleFile(fieldsOf(story), `${story.text}\n`),
	};
	if (figure.kind === 'picture') files[`articles/${id}/shade.png`] = await paint(figure.shade);
	for (const comment of story.comments)
		files[`comments/${id}/c${comment.id}.yaml`] = JSON.stringify({
			name: 'Reader',
			writtenAt: toIso(comment.approvedAt),
			approvedAt: toIso(comment.approvedAt),
			text: comment.text,
			isEdited: comment.isEdited,
			isDesk: comment.isDesk,
			replyTo: story.comments.some(({ id }) => id === comment.replyTo) ? `c${comment.replyTo}` : undefined,
		});
	return files;
}

function fieldsOf(story: Story): Record<string, string | undefined> {
	const { figure, updatedAt, retractedAt } = story;
	const caption = 'As it was.';
	const leads = {
		none: undefined,
		map: { map: { places: [figure.kind === 'map' ? figure.place : ''], caption } },
		picture: { picture: { file: 'shade.png', alt: 'One colour.', caption, credit: 'Nobody' } },
	};
	const lead = leads[figure.kind];
	const corrections = story.corrections.map((minute) => ({ at: toIso(minute), text: 'A number was wrong.' }));
	return {
		title: JSON.stringify(story.title),
		standfirst: JSON.stringify(story.standfirst),
		publishedAt: toIso(story.minute),
		lang: story.translates && 'kk',
		translationOf: story.translates && idOf(story.translates),
		section: story.section,
		authors: JSON.stringify(story.authors),
		tags: JSON.stringify(story.tags),
		updatedAt: updatedAt === undefined ? undefined : toIso(updatedAt),
		corrections: corrections.length === 0 ? undefined : JSON.stringify(corrections),
		retracted: retractedAt === undefined ? undefined : JSON.stringify({ at: toIso(retractedAt), reason: story.reason }),
		formerPaths: JSON.stringify(story.formerPaths),
		draft: String(story.isDraft),
		lead: lead && JSON.stringify(lead),
	};
}

/** Paints a picture of one colour: pictures of several shades have as many bytes. */
function paint(shade: number): Promise<Uint8Array> {
	const background = { r: shade % 256, g: 90, b: 160 };
	return sharp({ create: { width: 640, height: 400, channels: 3, background } })
		.png({ compressionLevel: 0 })
		.toBuffer();
}

/** Returns the environment of a build at the newsroom's clock. */
export function environmentOf({ clock }: ChangingNewsroom): { CLOCK: string } {
	return { CLOCK: toIso(clock) };
}
