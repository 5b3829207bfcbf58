import type { SearchWords } from './en-search.ts';

/** The same words as those of `en-search.ts` in Kazakh, whose nouns keep their singular after a number. */
export const kkSearch: SearchWords = {
	articles: (count) => `${count} мақала`,
	search: 'Іздеу',
	remove: (name) => `Алып тастау: ${name}`,
	without: (name) => `Мұнысыз іздеу: ${name}`,
	searchAnew: 'Қайтадан бастау',
	nothingFound: 'Ештеңе табылмады. Азырақ немесе басқа сөздермен іздеп көріңіз не мыналардың бірін таңдаңыз:',
	passedOver: (words) => `Бірде-бір мақалада ${words} жоқ: ескерілмеді.`,
	unknownTags: (names) => `${names} тегі жоқ: ескерілмеді.`,
	resultPage: (page, pages) => `${page}-бет, барлығы ${pages}`,
	previousPage: 'Алдыңғы бет',
	nextPage: 'Келесі бет',
};
