import { button, h } from './dom';
import { inputField } from './field';
import { attempt, type Refused, type Session, valueText } from './session';
import { words } from './words';

export interface Question {
  readonly lead?: HTMLElement;
  readonly label: string;
  readonly hint?: string;
  readonly input: Partial<HTMLInputElement>;
  /** The attribute that the value is for. */
  readonly name: string;
  readonly submitLabel: string;
  submit(value: string): Promise<void>;
  /** What else can be done, by its label. */
  readonly others: Readonly<Record<string, () => void | Promise<void>>>;
}

/** A form of one field. */
export const questionForm = (session: Session, question: Question): HTMLFormElement => {
  const { label, hint, input, name, submitLabel, lead } = question;
  const field = inputField(label, { required: true, ...input }, { hint });
  const refused: Refused = (reason, problem) => {
    field.complain(valueText(problem, name) ?? reason);
    field.input.select();
    field.focus();
  };
  const submit = button(submitLabel, undefined, { className: 'primary' });
  const others = Object.entries(question.others).map(([text, action]) => {
    const pressed = button(text, () => void attempt(session, pressed, refused, async () => action()));
    return pressed;
  });
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    field.complain();
    const value = field.input.value.trim();
    if (value === '') return refused(words.valueErrors.required!);
    void attempt(session, submit, refused, () => question.submit(value));
  };
  const buttons = h('div', { className: 'buttons' }, submit, ...others);
  return h('form', { className: 'question', noValidate: true, onsubmit }, lead, field.element, buttons);
};
