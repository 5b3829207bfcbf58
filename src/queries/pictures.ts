import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { cardMapSize, drawCard } from '../cards/card.ts';
import { drawMapPicture } from '../cards/map-picture.ts';
import { openTypeface, type Typeface } from '../cards/typeface.ts';
import type { Article } from '../domain/articles.ts';
import { figuresOf } from '../domain/figures.ts';
import { readGeodata } from '../geodata.ts';
import { drawMap } from '../maps/draw.ts';
import type { LocatorMap } from '../schemas/figure.ts';
import { readOutlineFonts } from '../styles/fonts.ts';
import { drawingOf } from './figures.ts';

let typeface: Promise<Typeface> | undefined;

function getTypeface(): Promise<Typeface> {
	typeface ??= readOutlineFonts(process.cwd()).then(openTypeface);
	return typeface;
}

/** Returns the share card of an article, a PNG with its headline, section and first map. */
export async function getCard(article: Article): Promise<Response> {
	const typeface = await getTypeface();
	const map = figuresOf(article).find((figure) => figure.kind === 'map');
	const card = drawCard(
		{
			headline: article.title,
			section: article.section.name,
			map: map && drawCardMap(map, typeface),
		},
		typeface,
	);
	return toPng(card);
}

/** Returns the map of a card; nothing where its names find no room there, which is narrower than a page. */
function drawCardMap(map: LocatorMap, typeface: Typeface): string | undefined {
	try {
		return drawMapPicture(drawMap(map, readGeodata(), cardMapSize), typeface);
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Returns a map as a PNG, for feed readers and whoever else shows no SVG. */
export async function getMapPicture(map: LocatorMap): Promise<Response> {
	return toPng(drawMapPicture(drawingOf(map), await getTypeface()));
}

/** How pictures are written; a part of their name in the cache. */
const format = { palette: true, colours: 32, dither: 0, effort: 1 } as const;

/** Equal drawings of several articles are painted once, not over each other. */
const paintings = new Map<string, Promise<string>>();

/** Paints an SVG, or takes what an earlier build made of the same one. */
async function toPng(svg: string): Promise<Response> {
	const key = createHash('sha256')
		.update(svg)
		.update(JSON.stringify([sharp.versions, format]))
		.digest('hex');
	const painting = paintings.get(key) ?? paint(svg, join(process.cwd(), '.cache', 'pictures'), `${key}.png`);
	paintings.set(key, painting);
	return new Response(await readFile(await painting), { headers: { 'Content-Type': 'image/png' } });
}

async function paint(svg: string, folder: string, name: string): Promise<string> {
	const file = join(folder, name);
	if (existsSync(file)) return file;
	await mkdir(folder, { recursive: true });
	await sharp(Buffer.from(svg)).png(format).toFile(`${file}.${process.pid}`);
	await rename(`${file}.${process.pid}`, file);
	return file;
}
