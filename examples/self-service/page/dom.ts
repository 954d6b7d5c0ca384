/** The few ways in which this page touches the document: texts become text nodes, so no value can be markup. */

type Child = Node | string | false | undefined;

/** An element with some of its properties set. */
export const h = <T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
};

export const button = (
  label: string,
  onclick: (() => void) | undefined,
  properties: Partial<HTMLButtonElement> = {},
): HTMLButtonElement => h('button', { type: onclick ? 'button' : 'submit', onclick, ...properties }, label);

const status = document.getElementById('status')!;
let fading: number | undefined;

/** Says what has happened, to eyes and to screen readers, for a while. */
export const announce = (text: string): void => {
  clearTimeout(fading);
  status.textContent = text;
  fading = setTimeout(() => (status.textContent = ''), 6_000);
};
