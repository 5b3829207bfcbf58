import { defineCollection } from 'astro:content';
import { newsroomLoaders } from './loaders/collections.ts';
import { storedArticleSchema } from './schemas/article.ts';
import { authorSchema } from './schemas/author.ts';
import { commentSchema } from './schemas/comment.ts';
import { frontSchema } from './schemas/front.ts';
import { pageSchema } from './schemas/page.ts';
import { sectionSchema, tagSchema } from './schemas/vocabulary.ts';

const loaders = newsroomLoaders();

export const collections = {
	articles: defineCollection({ loader: loaders.articles, schema: storedArticleSchema }),
	authors: defineCollection({ loader: loaders.authors, schema: authorSchema }),
	comments: defineCollection({ loader: loaders.comments, schema: commentSchema }),
	front: defineCollection({ loader: loaders.front, schema: frontSchema }),
	pages: defineCollection({ loader: loaders.pages, schema: pageSchema }),
	sections: defineCollection({ loader: loaders.sections, schema: sectionSchema }),
	tags: defineCollection({ loader: loaders.tags, schema: tagSchema }),
};
