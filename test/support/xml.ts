export const escaped = (text: string): string =>
  text.replace(/[&<>"\r\n]/g, (character) => `&#${character.codePointAt(0)};`);
