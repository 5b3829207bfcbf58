import sharp from 'sharp';

/** The words that the photographs' hidden data hold: nothing published may contain them. */
export const hiddenWords = 'Zzcamera of a secret place';

/**
 * Makes a photograph as cameras do: a JPEG with a place, a camera and an orientation in its EXIF data. Its upper half, as
 * people see it, is blue and its lower half is red.
 * @param orientation EXIF's number: 1 is upright, 6 is turned a quarter to the left
 */
export async function makePhotograph(width: number, height: number, orientation: 1 | 6 = 1): Promise<Buffer> {
	const blue = { r: 20, g: 60, b: 200 };
	const red = { r: 200, g: 40, b: 30 };
	const [storedWidth, storedHeight] = orientation === 6 ? [height, width] : [width, height];
	const lower =
		orientation === 6
			? { width: Math.floor(storedWidth / 2), height: storedHeight, left: Math.ceil(storedWidth / 2), top: 0 }
			: { width: storedWidth, height: Math.floor(storedHeight / 2), left: 0, top: Math.ceil(storedHeight / 2) };
	const half = await sharp({ create: { width: lower.width, height: lower.height, channels: 3, background: red } })
		.png()
		.toBuffer();
	return sharp({ create: { width: storedWidth, height: storedHeight, channels: 3, background: blue } })
		.composite([{ input: half, left: lower.left, top: lower.top }])
		.withExif({
			IFD0: { Make: hiddenWords },
			IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 10/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '71/1 27/1 0/1' },
		})
		.withMetadata({ orientation })
		.jpeg({ quality: 90 })
		.toBuffer();
}
