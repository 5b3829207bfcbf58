import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Every text is put together from these: places, people and events are invented, and nothing is said of anybody. */
const list = (text: string) => text.split(', ');
const places = list(
	'Aldermoor, Brenholt, Cairnwick, Dastine, Elvermark, Foldane, Garrovia, Hollin, Isterby, Jarnfell, Kelmora, Lowick, Marrendal, Nortabel, Ostergate, Penvarra, Quellen, Rivorna, Stavely, Torvane, Umbria Vale, Vastholm, Wexmere, Yarrowby, Zandover',
);
const firstNames = list(
	'Agnes, Bela, Clara, Davit, Edith, Felix, Greta, Henrik, Ines, Jakob, Karin, Leo, Marta, Nils, Olga, Pavel, Renata, Stefan, Tilda, Viktor',
);
const lastNames = list(
	'Alder, Birk, Corrin, Dahlen, Ernst, Fenwick, Garner, Holm, Ivers, Jansen, Keller, Lorne, Marsh, Nyberg, Orlov, Pallas, Rowan, Sommer, Thorne, Wilder',
);
const bodies = list(
	'the Harbour Board, the Rail Office, the Lakes Council, the Grain Chamber, the Health Agency, the Court of Audit, the Weather Service, the Port Union, the School Fund, the Energy Authority, the Trade Court, the Survey Office',
);
const groups = list(
	'ministers, growers, engineers, residents, shipping lines, researchers, teachers, investors, dockers, doctors, shopkeepers, forecasters, councillors, drivers',
);
const deeds = list(
	'put off, agreed to, turned down, looked again at, began to test, spoke against, approved, cut back, took up, paid for, widened, withdrew, inspected, published',
);
const matters = list(
	'a plan for a shared railway, new rules for the river, the winter budget for heating, a survey of old houses, the store of grain, a reserve of vaccines, limits on flights at night, money for village schools, duties on timber, an archive of songs, the network of flood gauges, trams without drivers, the quota for herring, the talks on pay in the ports, repairs of the mountain road',
);
const reasons = list(
	'because costs had risen, as demand fell, in spite of objections from smaller towns, after a month of closed meetings, to ease the burden on households, while the budget is open, since the machines are worn out, before the session begins in spring, as nobody knows who will pay',
);
const kinds = list(
	'careful, uneven, measured, contested, practical, regional, seasonal, lasting, voluntary, technical, public, gradual, limited, detailed, costly, quiet',
);
const themes = list(
	'cooperation, oversight, transport, storage, growth, supply, demand, trust, planning, research, training, access, pricing, reform, upkeep, openness',
);
const openings = list(
	'For now, Until lately, On paper, Elsewhere, In the long run, Across the border, All the same, Over the year',
);
const sayings = list(
	'We would rather be late than wrong, Nobody thinks that one meeting will do, The figures are better than we feared, People ask who pays & when, It has to run in winter, There is room at this table, The last plan was never read',
);
const endings = list(
	'More is to be said next month., No vote has been set., The whole report has some hundred pages., The delay has no price yet., Both sides called the talks useful.',
);
const sections = list('Politics, World, Business, Science & Health, Culture, Sport, Climate, Technology');
const tagFirsts = list(
	'Harbour, River, Northern, Southern, Coastal, Rural, Urban, Winter, Spring, Public, Regional, Foreign, Central, Eastern, Western, Digital, Green, Heavy, Light, Open, Shared, National, Local, Marine, Alpine, Polar, Civic, Rail, Road, Air, Grain, Timber, Copper, Solar, Wind, Gas, Water, Food, House, School, Health, Data, Sport, Music, Film, Book, Museum, Labour, Trade, Border, Island, Valley, Forest, Summer, Autumn, Old, New, Joint, Lower, Upper, Inner, Outer, Early, Late, Private, Common, Free, Royal, Village, Market, Mountain, Lake, Steel, Glass, Paper, Silk, Cotton, Wool, Salt, Stone, Nuclear, Tidal, Cyber, Radio, Press, Church, Youth, Family, Women, Worker, Veteran, Student, Farm, Dairy, Cattle, Fruit, Wine, Tea, Fish, Ship',
);
const tagSeconds = list(
	'Policy, Talks, Accord, Summit, Budget, Markets, Exports, Imports, Security, Energy, Grid, Transport, Ferries, Ports, Farming, Fisheries, Housing, Taxes, Wages, Strikes, Courts, Elections, Voters, Coalition, Opposition, Reform, Subsidies, Tariffs, Investment, Banking, Inflation, Prices, Jobs, Training, Research, Science, Vaccines, Hospitals, Climate, Floods, Drought, Wildlife, Forests, Mining, Railways, Bridges, Airports, Stadiums, Leagues, Festivals, Archives, Heritage, Language, Migration, Tourism, Technology, Satellites, Robotics, Privacy, Standards, Audits, Pensions, Insurance, Charities',
);

/** Returns a source of equal numbers on every machine, from 0 up to 1: Mulberry32. */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const toId = (name: string) =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');

interface CorpusTag {
	id: string;
	name: string;
	kind: 'place' | 'person' | 'organisation' | 'topic';
}

/** Returns the vocabulary of a corpus, the most frequent tags first: 6,000 for 10,000 articles, fewer for fewer. */
function vocabularyOf(articles: number): CorpusTag[] {
	const size = Math.round(60 * Math.sqrt(articles));
	const random = seeded(0x7a65);
	const tag = (kind: CorpusTag['kind']) => (name: string) => ({ id: toId(name), name, kind });
	const pool = [
		...tagFirsts.flatMap((first) => tagSeconds.map((second) => tag('topic')(`${first} ${second}`))),
		...firstNames.flatMap((first) => lastNames.map((last) => tag('person')(`${first} ${last}`))),
		...places.flatMap((place) => tagSeconds.map((second) => tag('organisation')(`${place} ${second}`))),
	];
	for (let i = pool.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		const [one, other] = [pool[i], pool[j]];
		if (one && other) [pool[i], pool[j]] = [other, one];
	}
	return [...places.map(tag('place')), ...tagSeconds.map(tag('topic')), ...pool].slice(0, size);
}

const authors = Array.from({ length: 40 }, (_, i) => {
	const name = `${firstNames[i % 20] ?? ''} ${lastNames[(i * 7 + Math.floor(i / 20)) % 20] ?? ''}`;
	return { id: toId(name), name };
});

interface CorpusArticle {
	/** Relative to the content folder. */
	path: string;
	text: string;
}

/** Yields the files of a corpus of so many articles over five years, the newest first, the same on every machine. */
function* makeCorpus(count: number): Generator<CorpusArticle> {
	const tags = vocabularyOf(count);
	yield {
		path: 'tags.yaml',
		text: tags.map(({ id, name, kind }) => `${id}:\n  name: ${name}\n  kind: ${kind}\n`).join(''),
	};
	yield {
		path: 'sections.yaml',
		text: sections.map((name) => `${toId(name)}:\n  name: ${name}\n  description: What is new in ${name}.\n`).join(''),
	};
	for (const { id, name } of authors)
		yield { path: `authors/${id}.yaml`, text: `name: ${name}\ndescription: Writes for the corpus.\n` };
	const frequencies = new Float64Array(tags.length);
	let total = 0;
	for (let i = 0; i < tags.length; i++) {
		total += 1 / (i + 20);
		frequencies[i] = total;
	}
	for (let i = 0; i < count; i++) yield makeArticle(i, count, tags, frequencies);
}

function makeArticle(
	i: number,
	count: number,
	tags: readonly CorpusTag[],
	frequencies: Readonly<Float64Array>,
): CorpusArticle {
	const random = seeded(0x51ed + Math.imul(i, 0x9e3779b1));
	const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
	const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
	const number = (most: number) => 1 + Math.floor(random() * most);
	const place = pick(places);
	const person = `${pick(firstNames)} ${pick(lastNames)}`;
	const sentences = [
		() => `${capital(pick(groups))} in ${pick(places)} ${pick(deeds)} ${pick(matters)} ${pick(reasons)}.`,
		() =>
			`${pick(openings)}, ${pick(bodies)} ${pick(deeds)} ${pick(matters)}, with ${pick(kinds)} ${pick(themes)} and ${pick(kinds)} ${pick(themes)} in mind.`,
		() => `“${pick(sayings)},” said ${person}, who looks after ${pick(themes)} for ${pick(bodies)}.`,
		() =>
			`The ${pick(kinds)} ${pick(themes)} of ${place} costs some ${number(95)} million crowns, against ${number(60)} million in ${pick(places)} ${pick(reasons)}.`,
		() => pick(endings),
	];
	const paragraphs = Array.from({ length: 9 }, () => {
		const words = 54 + Math.floor(random() * 28);
		let text = '';
		while (text.split(' ').length < words) text += ` ${sentences[Math.floor(random() * sentences.length)]?.() ?? ''}`;
		return text.trim();
	});
	if (random() < 0.15) paragraphs.splice(3, 0, `## ${capital(pick(kinds))} ${pick(themes)}`);
	if (random() < 0.1) paragraphs.splice(6, 0, `> ${pick(sayings)}.`);
	if (random() < 0.1)
		paragraphs.push(`More in the [notes on ${pick(themes)}](https://example.org/${pick(themes)}), *in full*.`);
	const titles = [
		() => `${place} ${pick(deeds)} ${pick(matters)}`,
		() => `${place} & ${pick(places)}: ${pick(groups)} ${pick(deeds)} ${pick(matters)}`,
		() => `“${pick(sayings)}”, says ${place} of ${pick(matters)}`,
		() => `${place}’s ${pick(kinds)} ${pick(themes)}, and the price of ${pick(matters)}`,
		() => `Why ${pick(groups)} in ${place} doubt <still> ${pick(matters)}`,
	];
	const title = capital(titles[Math.floor(random() * titles.length)]?.() ?? '');
	const chosen = new Set<string>();
	for (const wanted = 12 + Math.floor(random() * 30); chosen.size < wanted;) {
		const share = random() * (frequencies.at(-1) ?? 0);
		const tag = tags[frequencies.findIndex((sum) => sum >= share)];
		if (tag) chosen.add(tag.id);
	}
	const lastDay = Date.UTC(2025, 4, 31) / 86_400_000;
	const day = lastDay - Math.floor(((i + random()) / count) * 5 * 365);
	// In the morning, so that the day is the same in the newsroom's time zone.
	const at = new Date(day * 86_400_000 + Math.floor(random() * 12 * 3600) * 1000).toISOString();
	const lines = [
		'---',
		`title: ${JSON.stringify(title)}`,
		`standfirst: ${JSON.stringify(`${capital(pick(groups))} in ${place} ${pick(deeds)} ${pick(matters)}, a sign of ${pick(kinds)} ${pick(themes)} in the region ${pick(reasons)}. It was led by ${pick(bodies)}.`)}`,
		`publishedAt: ${at.slice(0, 19)}Z`,
		`section: ${toId(pick(sections))}`,
		`authors: [${authors[Math.floor(random() * authors.length)]?.id ?? ''}]`,
		`tags: [${[...chosen].sort().join(', ')}]`,
		'---',
		'',
		paragraphs.join('\n\n'),
		'',
	];
	const slug = `${toId(title).slice(0, 60).replace(/-$/, '')}-${String(i).padStart(5, '0')}`;
	return { path: `articles/${at.slice(0, 4)}/${at.slice(5, 7)}/${slug}.md`, text: lines.join('\n') };
}

/** Writes the files of a corpus into a folder. */
export async function writeCorpus(folder: string, count: number): Promise<void> {
	for (const { path, text } of makeCorpus(count)) {
		const file = join(folder, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}
