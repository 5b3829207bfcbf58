import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { drawMapPicture } from '../cards/map-picture.ts';
import { openTypeface, type Typeface } from '../cards/typeface.ts';
import type { Article } from '../domain/articles.ts';
import { describeMap, figuresOf } from '../domain/figures.ts';
import { readGeodata } from '../geodata.ts';
import { drawMap } from '../maps/draw.ts';
import { mapSize } from '../maps/frame.ts';
import type { Figure, LocatorMap, Picture } from '../schemas/figure.ts';
import { readOutlineFonts } from '../styles/fonts.ts';

/** A picture of an article, which is still to be written. */
export interface ExportedPicture {
	figure: Picture | LocatorMap;
	/** The name of its file, unique within the article. */
	file: string;
	alt: string;
	/** In pixels. */
	width: number;
	/** In pixels. */
	height: number;
	writeTo(file: string): Promise<void>;
}

/** Returns the pictures of an article, its maps among them, by the figures that show them. */
export async function picturesOf(article: Article): Promise<ReadonlyMap<Figure, ExportedPicture>> {
	const figures = figuresOf(article);
	const names = new Set(figures.map((figure) => figure.kind === 'picture' && figure.file));
	const pictures = new Map<Figure, ExportedPicture>();
	for (const figure of figures) {
		if (figure.kind === 'picture') pictures.set(figure, await toPicture(article, figure));
		if (figure.kind !== 'map') continue;
		const numbers = figures.map((_, i) => `map-${i + 1}.png`);
		const file = numbers.find((name) => !names.has(name)) ?? `map-${figures.length + 1}.png`;
		names.add(file);
		pictures.set(figure, toMapPicture(figure, file));
	}
	return pictures;
}

async function toPicture(article: Article, figure: Picture): Promise<ExportedPicture> {
	const path = join(dirname(article.file), figure.file);
	const { autoOrient } = await sharp(path).metadata();
	return { figure, file: figure.file, alt: figure.alt, ...autoOrient, writeTo: (file) => copyFile(path, file) };
}

let typeface: Promise<Typeface> | undefined;

function toMapPicture(figure: LocatorMap, file: string): ExportedPicture {
	return {
		figure,
		file,
		alt: describeMap(figure),
		...mapSize,
		async writeTo(path) {
			typeface ??= readOutlineFonts(process.cwd()).then(openTypeface);
			const svg = drawMapPicture(drawMap(figure, readGeodata()), await typeface);
			await writeFile(path, await sharp(Buffer.from(svg)).png().toBuffer());
		},
	};
}
