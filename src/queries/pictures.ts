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
			map: map && drawMapPicture(drawMap(map, readGeodata(), cardMapSize), typeface),
		},
		typeface,
	);
	return toPng(card);
}

/** Returns a map as a PNG, for feed readers and whoever else shows no SVG. */
export async function getMapPicture(map: LocatorMap): Promise<Response> {
	return toPng(drawMapPicture(drawMap(map, readGeodata()), await getTypeface()));
}

/** Paints an SVG, or takes what an earlier build made of the same one. */
async function toPng(svg: string): Promise<Response> {
	const folder = join(process.cwd(), '.cache', 'pictures');
	const key = createHash('sha256').update(svg).update(JSON.stringify(sharp.versions)).digest('hex');
	const file = join(folder, `${key}.png`);
	if (!existsSync(file)) {
		await mkdir(folder, { recursive: true });
		await sharp(Buffer.from(svg))
			.png({ palette: true, colours: 32, dither: 0, effort: 1 })
			.toFile(`${file}.${process.pid}`);
		await rename(`${file}.${process.pid}`, file);
	}
	return new Response(await readFile(file), { headers: { 'Content-Type': 'image/png' } });
}
