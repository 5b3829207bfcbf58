import { describe, expect, test } from 'vitest';
import { applySplices, changedLines } from '../../src/domain/splices.ts';
import { mergeTags, renameTag, type VocabularyEdit } from '../../src/domain/tag-edits.ts';
import { spliceVocabulary } from '../../src/loaders/yaml-edit.ts';
import { makeTags } from '../support/newsroom.ts';

const tags = makeTags({
	asia: { name: 'Asia' },
	'central-asia': { name: 'Central Asia', aliases: ['CA'], formerly: ['turkestan'] },
	middle: { name: 'Middle Asia', aliases: ['central  asia', 'Mittelasien'], formerly: ['inner-asia'] },
});
const [asia, central, middle] = tags;
if (!asia || !central || !middle) throw new Error('Tags are missing.');

describe('merging', () => {
	test('hands over ids and names, less names that are the same label', () => {
		expect(mergeTags(middle, central, tags)).toEqual({
			removed: 'middle',
			changed: new Map([
				[
					'central-asia',
					{ aliases: ['CA', 'Middle Asia', 'Mittelasien'], formerly: ['turkestan', 'middle', 'inner-asia'] },
				],
			]),
		});
	});

	test('hands over what the other says nothing of, and nothing that it says itself', () => {
		const told = { ...middle, description: 'Theirs.', sameAs: 'https://a.example/' };
		const { changed } = mergeTags(told, { ...central, description: 'Ours.' }, tags);
		expect(changed.get('central-asia')).toMatchObject({ sameAs: 'https://a.example/' });
		expect(changed.get('central-asia')).not.toHaveProperty('description');
	});

	test('puts the tags below the one that goes below the other', () => {
		const below = { ...asia, broader: 'middle' };
		const { changed } = mergeTags(middle, central, [below, central, middle]);
		expect(changed.get('asia')).toEqual({ broader: 'central-asia' });
	});

	test('puts a tag that takes over the one above it in its place', () => {
		const inner = { ...central, broader: 'middle' };
		expect(mergeTags(middle, inner, [inner, middle]).changed.get('central-asia')).toHaveProperty('broader', undefined);
		const outer = { ...middle, broader: 'asia' };
		expect(mergeTags(outer, inner, [asia, inner, outer]).changed.get('central-asia')).toHaveProperty('broader', 'asia');
		const around = { ...middle, broader: 'central-asia' };
		expect(mergeTags(around, central, [central, around]).changed.get('central-asia')).not.toHaveProperty('broader');
	});
});

describe('renaming', () => {
	test.each([
		['Turan', { name: 'Turan', aliases: ['CA', 'Central Asia'] }],
		['CENTRAL ASIA', { name: 'CENTRAL ASIA' }],
		['CA', { name: 'CA', aliases: ['Central Asia'] }],
	])('to %s keeps the old name where it is another label', (name, fields) => {
		expect(renameTag(central, name)).toEqual({ changed: new Map([['central-asia', fields]]) });
	});
});

/** Returns the text with the edit made. */
const edited = (text: string, edit: VocabularyEdit) => applySplices(text, spliceVocabulary(text, edit));
const change = (
	fields: Readonly<Record<string, string | readonly string[] | undefined>>,
	id = 'a',
): VocabularyEdit => ({
	changed: new Map([[id, fields]]),
});

const odd = `# The vocabulary
a:   # first
    name:   "A"   # in quotes
    kind:  topic # here


# Places
"b": {  name: B , kind: place,aliases: [ X ],  }   # flow
c: # goes
  name: >-
    C, over

    three lines
  kind: place

  aliases: [C2]
  # about c
    # and more
# stays
d:
  aliases:
  - D1   # one

  - 'D2'
  # after
  kind: topic
  name: D
  description: |
    Text: x

e: {name: E, kind: topic}`;

describe.each([
	['Unix', odd],
	['Windows', odd.replaceAll('\n', '\r\n')],
	['a byte order mark', `\uFEFF${odd}`],
])('an edit of a file with %s line ends', (_, text) => {
	const lineEnd = text.includes('\r') ? '\r\n' : '\n';
	/** Expects that the edit makes nothing but this replacement in the text. */
	const expectEdit = (edit: VocabularyEdit, before: string, after: string) => {
		const [from, to] = [before, after].map((part) => part.replaceAll('\n', lineEnd));
		expect(text.split(from ?? '')).toHaveLength(2);
		expect(edited(text, edit)).toBe(text.replace(from ?? '', () => to ?? ''));
	};

	test('removes an entry with its own remarks alone', () => {
		const entry = odd.slice(odd.indexOf('c: # goes'), odd.indexOf('# stays'));
		expectEdit({ removed: 'c', changed: new Map() }, entry, '');
		expectEdit({ removed: 'e', changed: new Map() }, 'e: {name: E, kind: topic}', '');
		expectEdit({ removed: 'b', changed: new Map() }, '"b": {  name: B , kind: place,aliases: [ X ],  }   # flow\n', '');
	});

	test('adds fields behind the kind', () => {
		expectEdit(
			change({ aliases: ['Á, b'], formerly: ['x', '1'] }),
			'topic # here\n',
			"topic # here\n    aliases: ['Á, b']\n    formerly: [x, '1']\n",
		);
		expectEdit(change({ formerly: ['x'] }, 'b'), 'kind: place,', 'kind: place, formerly: [x],');
		expectEdit(change({ aliases: ['x'] }, 'e'), 'E, kind: topic', 'E, kind: topic, aliases: [x]');
	});

	test('lengthens lists', () => {
		expectEdit(change({ aliases: ['X', 'Y', 'no'] }, 'b'), '[ X ]', '[ X, Y, no ]');
		expectEdit(
			change({ aliases: ['D1', 'D2', '- x', 'true'] }, 'd'),
			"  - 'D2'\n",
			"  - 'D2'\n  - '- x'\n  - 'true'\n",
		);
	});

	test('replaces values', () => {
		expectEdit(change({ name: '# "A"' }), '"A"', `'# "A"'`);
		expectEdit(change({ name: 'C' }, 'c'), 'name: >-\n    C, over\n\n    three lines\n', 'name: C\n');
		expectEdit(change({ aliases: ['C3'] }, 'c'), '[C2]', '[C3]');
	});

	test('removes fields', () => {
		expectEdit(change({ aliases: undefined }, 'b'), ',aliases: [ X ]', '');
		expectEdit(change({ name: undefined }, 'b'), 'name: B , ', '');
		expectEdit(change({ description: undefined }, 'd'), '  description: |\n    Text: x\n', '');
		expectEdit(change({ broader: undefined }, 'd'), 'kind: topic\n  name: D', 'kind: topic\n  name: D');
	});
});

test('an entry written in another form than fields is not edited', () => {
	expect(() => edited('a: &x { name: A, kind: topic }\nb: *x\n', change({ name: 'B' }, 'b'))).toThrow(
		'"b" is not written as fields of its own.',
	);
});

test('changed lines are told with the number of the first', () => {
	const edit = {
		removed: 'c',
		changed: new Map([
			['b', { aliases: ['X', 'Y'] }],
			['a', { formerly: ['c'] }],
		]),
	};
	expect(changedLines(odd, spliceVocabulary(odd, edit)).join('\n')).toBe(
		`line 5:
+     formerly: [c]
line 8:
- "b": {  name: B , kind: place,aliases: [ X ],  }   # flow
+ "b": {  name: B , kind: place,aliases: [ X, Y ],  }   # flow
line 9:
- c: # goes
-   name: >-
-     C, over
- 
-     three lines
-   kind: place
- 
-   aliases: [C2]
-   # about c
-     # and more`,
	);
});
