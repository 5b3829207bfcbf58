/** What a new newsroom begins with, in one language. */
export interface FirstWords {
	/** Labels of links to pages of `content/pages/`, by their paths. */
	labels: Readonly<Record<'/about/' | '/privacy/' | '/accessibility/', string>>;
	about: { standfirst: string; text: string };
	newsroom: string;
	tag: { name: string; description: string };
	/** `file` is where the article lies. */
	article: { title: string; standfirst: string; text: (file: string) => string };
}

export const firstWords = {
	en: {
		labels: { '/about/': 'About', '/privacy/': 'Privacy', '/accessibility/': 'Accessibility' },
		about: {
			standfirst: 'Who makes this paper, and how.',
			text: 'Write here who you are, what the paper is about, where its facts come from, and how readers can reach you.',
		},
		newsroom: 'The newsroom of this paper.',
		tag: { name: 'Example', description: 'What shows how the paper is made, until there is something to report.' },
		article: {
			title: 'An example of an article',
			standfirst: 'It shows how an article is written. Delete it when you have one of your own.',
			text: (file) =>
				`This article is the file \`${file}\`. Change it and run \`npm run dev\`: the page follows.\n\nAbove the text stand its headline, the sentences below that, its day, its section, its authors and its tags. The text is written in markdown.\n\n## What a text may have\n\n- **Strong** and _emphasised_ words\n- Links, such as to [all tags](/tags/)\n- Notes at the end[^1]\n\n> Quotations stand in a block of their own.\n\n[^1]: Like this one.\n`,
		},
	},
	ru: {
		labels: { '/about/': 'Об издании', '/privacy/': 'Конфиденциальность', '/accessibility/': 'Доступность' },
		about: {
			standfirst: 'Кто делает это издание и как.',
			text: 'Напишите здесь, кто вы, о чём ваше издание, откуда в нём берутся факты и как с вами связаться.',
		},
		newsroom: 'Редакция этого издания.',
		tag: { name: 'Пример', description: 'То, что показывает, как делается издание, пока нет новостей.' },
		article: {
			title: 'Пример статьи',
			standfirst: 'Он показывает, как пишется статья. Удалите его, когда появится своя.',
			text: (file) =>
				`Эта статья — файл \`${file}\`. Измените его и запустите \`npm run dev\`: страница изменится следом.\n\nНад текстом стоят заголовок, подзаголовок, день, раздел, авторы и теги. Текст пишется в markdown.\n\n## Что может быть в тексте\n\n- **Важные** и _выделенные_ слова\n- Ссылки, например на [все теги](/tags/)\n- Примечания в конце[^1]\n\n> Цитаты стоят отдельным блоком.\n\n[^1]: Вот такие.\n`,
		},
	},
	kk: {
		labels: { '/about/': 'Басылым туралы', '/privacy/': 'Құпиялылық', '/accessibility/': 'Қолжетімділік' },
		about: {
			standfirst: 'Бұл басылымды кім және қалай жасайды.',
			text: 'Мұнда өзіңіздің кім екеніңізді, басылымның не туралы екенін, деректердің қайдан алынатынын және сізбен қалай байланысуға болатынын жазыңыз.',
		},
		newsroom: 'Осы басылымның редакциясы.',
		tag: { name: 'Мысал', description: 'Жаңалық болғанша басылымның қалай жасалатынын көрсететін мақалалар.' },
		article: {
			title: 'Мақаланың мысалы',
			standfirst: 'Бұл мақаланың қалай жазылатынын көрсетеді. Өз мақалаңыз болғанда, мұны өшіріңіз.',
			text: (file) =>
				`Бұл мақала — \`${file}\` файлы. Оны өзгертіп, \`npm run dev\` командасын іске қосыңыз: бет те өзгереді.\n\nМәтіннің үстінде тақырып, қысқаша мазмұн, күні, айдары, авторлары және тегтері тұрады. Мәтін markdown тілінде жазылады.\n\n## Мәтінде не бола алады\n\n- **Маңызды** және _ерекшеленген_ сөздер\n- Сілтемелер, мысалы, [барлық тегтерге](/tags/)\n- Соңындағы ескертпелер[^1]\n\n> Дәйексөздер бөлек тұрады.\n\n[^1]: Мынадай.\n`,
		},
	},
} as const satisfies Record<string, FirstWords>;
