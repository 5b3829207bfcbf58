import type { SearchWords } from './en-search.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('ru');

/** The same words as those of `en-search.ts` in Russian. */
export const ruSearch: SearchWords = {
	articles: (count) => `${count} ${plural(count, { one: 'статья', few: 'статьи', many: 'статей', other: 'статьи' })}`,
	search: 'Поиск',
	remove: (name) => `Убрать: ${name}`,
	without: (name) => `Искать без условия: ${name}`,
	searchAnew: 'Начать заново',
	nothingFound: 'Ничего не найдено. Попробуйте меньше слов, другие слова или одно из следующего:',
	passedOver: (words) => `Ни в одной статье нет ${words}: пропущено.`,
	unknownTags: (names) => `Нет тега ${names}: пропущено.`,
	resultPage: (page, pages) => `Страница ${page} из ${pages}`,
	previousPage: 'Предыдущая страница',
	nextPage: 'Следующая страница',
};
