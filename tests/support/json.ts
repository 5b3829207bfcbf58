import { z } from 'astro/zod';

/** Structured data as its consumers read it. */
export const graph = z.object({ '@graph': z.array(z.record(z.string(), z.unknown())) });

/** Reads JSON of a known shape. @throws where it has another */
export function parseJson<T>(schema: z.ZodType<T>, json: string): T {
	const value: unknown = JSON.parse(json);
	return schema.parse(value);
}
