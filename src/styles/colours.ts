/** The paper's colour where CSS cannot reach: the browser's own frame and the web app manifest. The same as in `tokens.css`. */
export const paperColour = { light: '#fcfaf5', dark: '#171613' } as const;

/** Colours of pictures that cannot follow the page: share cards and the maps of feeds. The light ones of `tokens.css`. */
export const paperColours = {
	paper: '#fcfaf5',
	ink: '#1d1b18',
	inkSoft: '#5a554b',
	rule: '#d9d2c3',
	lapis: '#1e4a94',
	saffron: '#b86a00',
	sea: '#d6e2e8',
	land: '#f6f2e8',
	landFocus: '#f0dfb4',
	border: '#a49b89',
} as const;
