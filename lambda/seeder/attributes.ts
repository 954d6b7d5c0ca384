/** Attribute values by Cognito's attribute name. */
export type Attributes = Readonly<Record<string, string>>;

/** The value of an attribute, where the object itself has it: a custom attribute may be called like a method of objects. */
export const valueOf = (attributes: Attributes, name: string): string | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

export const where = (attributes: Attributes, holds: (name: string, value: string) => boolean): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name, value]) => holds(name, value)));
