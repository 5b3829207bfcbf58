/** Under what the browser remembers that the key is switched off. */
const memory = 'search-key';

/**
 * Lets the key / lead to a field wherever nothing is typed, unless the reader has switched that off (WCAG 2.1.4), which
 * the browser remembers where it may.
 * @param box is ticked while the key works
 */
export function followKey(field: HTMLInputElement, box: HTMLInputElement): void {
	box.checked = withMemory((store) => store.getItem(memory)) !== 'off';
	box.addEventListener('change', () =>
		withMemory((store) => (box.checked ? store.removeItem(memory) : store.setItem(memory, 'off'))),
	);
	document.addEventListener('keydown', (event) => {
		const isTyping =
			event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
		const isOther = event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey;
		if (!box.checked || isOther || isTyping) return;
		event.preventDefault();
		field.select();
	});
}

/** Browsers that are to keep nothing refuse even to be asked. */
function withMemory<T>(use: (store: Storage) => T): T | undefined {
	try {
		return use(localStorage);
	} catch {
		return undefined;
	}
}
