import type { z } from 'astro/zod';

/** Reads JSON of a known shape. @throws where it has another */
export function parseJson<T>(schema: z.ZodType<T>, json: string): T {
	const value: unknown = JSON.parse(json);
	return schema.parse(value);
}
