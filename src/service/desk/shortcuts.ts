/**
 * Keys for those who read very many comments: each presses a button or follows a link that is there anyway. Whoever is
 * disturbed by them switches them off, in this browser.
 */
export const shortcuts = `'use strict';
const comments = [...document.querySelectorAll('.comment')];
const help = document.getElementById('keys');
const toggle = help.querySelector('button');
const isOff = () => localStorage.getItem('desk-keys') === 'off';
const name = () => { toggle.textContent = isOff() ? toggle.dataset.on : toggle.dataset.off; };
const here = () => comments.findIndex((comment) => comment.contains(document.activeElement));
const move = (step) => {
	const at = here();
	comments.at(at < 0 ? 0 : Math.min(Math.max(at + step, 0), comments.length - 1))?.focus();
};
const press = (selector) => comments[here()]?.querySelector(selector)?.click();
const deeds = {
	j: () => move(1),
	k: () => move(-1),
	a: () => press('.approve'),
	r: () => press('.reject'),
	e: () => press('.more'),
	'?': () => { help.hidden = !help.hidden; if (!help.hidden) help.focus(); },
};
toggle.addEventListener('click', () => {
	localStorage.setItem('desk-keys', isOff() ? 'on' : 'off');
	name();
});
document.addEventListener('keydown', (event) => {
	const isTyping = event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
	if (isTyping || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
	if (!Object.hasOwn(deeds, event.key) || (isOff() && event.key !== '?')) return;
	event.preventDefault();
	deeds[event.key]();
});
document.getElementById('keys-hint').hidden = false;
name();`;
