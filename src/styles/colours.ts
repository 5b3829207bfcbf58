/** The paper's colour where CSS cannot reach: the browser's own frame and the web app manifest. The same as in `tokens.css`. */
export const paperColour = { light: '#fcfaf5', dark: '#171613' } as const;
