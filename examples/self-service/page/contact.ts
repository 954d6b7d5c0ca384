import type { ContactName } from '../attributes';
import type { Attributes, SentCode } from '../client';
import { announce, button, h } from './dom';
import { type Question, questionForm } from './question';
import { attempt, type Session } from './session';
import { words } from './words';

const INPUTS = {
  email: { type: 'email', autocomplete: 'email' },
  phone_number: { type: 'tel', autocomplete: 'tel' },
} as const;

/**
 * An address that takes a code to change: it is shown, and below it what can be done, or a form for the new one, or for the code.
 *
 * @param changed reads the attributes anew
 */
export const contactRow = (
  session: Session,
  name: ContactName,
  first: Attributes,
  changed: () => Promise<Attributes>,
): HTMLElement => {
  const row = h('section', { className: 'contact', id: name });
  let stored = first;

  const show = (actions: HTMLElement | undefined, below: HTMLElement): void => {
    const value = stored[name];
    const [badge, state] = isVerified() ? ['badge good', words.verified] : ['badge', words.unverified];
    const address = h('p', { className: value === undefined ? 'hint' : 'address' }, value ?? words.none);
    if (value !== undefined) address.append(h('span', { className: badge }, state));
    const shown = h('div', { className: 'shown' }, h('div', {}, h('h3', {}, words[name]), address), actions);
    row.replaceChildren(shown, below);
  };
  const isVerified = (): boolean => stored[`${name}_verified`] === 'true';
  const ask = (question: Omit<Question, 'name'>): void => {
    const form = questionForm(session, { ...question, name });
    show(undefined, form);
    form.querySelector('input')?.focus();
  };

  const showActions = (): void => {
    const error = h('p', { className: 'error', role: 'alert' });
    const action = (label: string, act: () => void | Promise<void>, className = ''): HTMLElement => {
      const refused = (reason: string): void => void (error.textContent = reason);
      const pressed = button(label, () => void attempt(session, pressed, refused, async () => act()), { className });
      pressed.ariaLabel = `${label}: ${words[name]}`;
      return pressed;
    };
    const isThere = stored[name] !== undefined;
    const actions = [
      isThere && !isVerified() && action(words.confirmIt, () => send()),
      action(isThere ? words.change : words.add, askForValue),
      isThere && name !== 'email' && action(words.delete, remove, 'link'), // the pool asks an e-mail address of everybody
    ];
    show(h('div', { className: 'buttons' }, ...actions), error);
  };
  const back = (): void => {
    showActions();
    row.querySelector('button')?.focus();
  };
  const settle = async (text: string): Promise<void> => {
    stored = await changed();
    back();
    announce(text);
  };
  const remove = async (): Promise<void> => {
    await session.api.remove(name);
    await settle(words.deleted(words[name]));
  };

  const askForValue = (): void =>
    ask({
      label: words.newValue[name],
      hint: name === 'phone_number' ? words.phoneHint : undefined,
      input: INPUTS[name],
      submitLabel: words.sendCode,
      submit: (value) => send(name === 'phone_number' ? value.replace(/[\s()/-]/g, '') : value),
      others: { [words.cancel]: back },
    });

  /** @param next the address that shall take the place of the one that is there; without, that one is confirmed */
  const send = async (next?: string): Promise<void> => {
    // Where a new address waits, it has to be sent again: a code that is asked for alone goes to the one that is there.
    const asked =
      next === undefined
        ? session.api.sendCode(name, session.metadata)
        : session.api.change({ [name]: next }, session.metadata);
    const [sent] = (await asked).codesSent;
    await session.lookIntoInbox();
    if (sent) askForCode(sent, next);
    else await settle(words.saved); // nothing is confirmed in this pool
  };

  const askForCode = ({ destination }: SentCode, next?: string): void => {
    const old = next === undefined ? undefined : stored[name];
    const lead = [words.codeSent(destination), ...(old === undefined ? [] : [words.oldStays(old)])].join(' ');
    ask({
      lead: h('p', { role: 'status' }, lead),
      label: words.code,
      input: { inputMode: 'numeric', autocomplete: 'one-time-code', className: 'input code' },
      submitLabel: words.confirmIt,
      submit: async (code) => {
        await session.api.confirm(name, code);
        await settle(words.confirmed(next ?? stored[name] ?? ''));
      },
      others: {
        [words.again]: async () => {
          await send(next);
          announce(words.sentAgain);
        },
        [words.later]: back,
      },
    });
  };

  showActions();
  return row;
};
