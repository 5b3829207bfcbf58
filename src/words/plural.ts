/** The forms of a noun by the plural categories of its language (CLDR); `other` stands for those that are not given. */
type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** Returns what chooses the form that a noun takes beside a number in a language. */
export function pluralOf(language: string): (count: number, forms: Forms) => string {
	const rules = new Intl.PluralRules(language);
	return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
