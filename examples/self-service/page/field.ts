import { h } from './dom';

export interface Field {
  readonly element: HTMLElement;
  /** Says what is wrong with the value; without a text, that nothing is. */
  complain(text?: string): void;
  focus(): void;
}

export interface FieldOptions {
  readonly hint?: string;
  /** Stands at the end of the label's line. */
  readonly action?: HTMLElement;
}

let count = 0;

/** An input with its label, its rule, and room for what is wrong with it. */
export const inputField = (
  label: string,
  input: Partial<HTMLInputElement>,
  { hint, action }: FieldOptions = {},
): Field & { readonly input: HTMLInputElement } => {
  const id = `field-${++count}`;
  const element = h('input', { id, className: 'input', ...input });
  const error = h('p', { id: `${id}-error`, className: 'error', hidden: true });
  const rule = hint !== undefined && h('p', { id: `${id}-hint`, className: 'hint' }, hint);
  element.setAttribute('aria-describedby', rule ? `${error.id} ${rule.id}` : error.id);
  const line = h('div', { className: 'line' }, h('label', { htmlFor: id }, label), action);
  return {
    element: h('div', { className: 'field' }, line, element, error, rule),
    input: element,
    complain: (text = '') => {
      error.textContent = text;
      error.hidden = text === '';
      element.setAttribute('aria-invalid', String(text !== ''));
    },
    focus: () => element.focus(),
  };
};

/** One of a few values, as radio buttons side by side. */
export const choiceField = (
  label: string,
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
): Field => {
  const error = h('p', { id: `field-${++count}-error`, className: 'error', hidden: true });
  const radios = options.map(([value, text]) => {
    const radio = h('input', { type: 'radio', name, value, checked: value === chosen });
    return [radio, h('label', { className: 'option' }, radio, h('span', {}, text))] as const;
  });
  const choice = h('div', { className: 'choice' }, ...radios.map(([, option]) => option));
  const element = h('fieldset', { className: 'field' }, h('legend', {}, label), choice, error);
  element.setAttribute('aria-describedby', error.id);
  return {
    element,
    complain: (text = '') => {
      error.textContent = text;
      error.hidden = text === '';
    },
    focus: () => radios.find(([radio]) => radio.checked)?.[0].focus(),
  };
};
