/** A place that a map shows. */
export interface MapPlace {
	name: string;
	/** In degrees, east positive. */
	longitude: number;
	/** In degrees, north positive. */
	latitude: number;
	/** True for a lake or a region, whose name is shown without a pin. */
	isArea: boolean;
}

/** What a map is about. */
export interface MapSubject {
	places: readonly MapPlace[];
	/** Joined by a line in this order. A point that is not among the places has neither pin nor name. */
	route: readonly MapPlace[];
	/** ISO 3166-1 alpha-2 codes of countries that are highlighted and named, and lie inside the frame as a whole. */
	countries: readonly string[];
}
