import { RULES } from '../attributes';
import type { Attributes, Change } from '../client';
import { announce, button, h } from './dom';
import { choiceField, inputField } from './field';
import { attempt, type Refused, type Session, valueText } from './session';
import { words } from './words';

const NICKNAME = new RegExp(`^(?:${RULES.nickname.pattern})$`, 'u');

/**
 * What takes effect at once: one form, which sends what has changed and nothing else.
 *
 * @param changed reads the attributes anew
 */
export const profileCard = (session: Session, first: Attributes, changed: () => Promise<Attributes>): HTMLElement => {
  let stored = first;

  const text = (name: 'given_name' | 'nickname', autocomplete: AutoFill, hint?: string) => {
    const action = button(words.delete, () => void remove(), {
      className: 'link',
      ariaLabel: `${words.delete}: ${words[name]}`,
      hidden: stored[name] === undefined,
    });
    const { maxLength } = RULES[name];
    const field = inputField(
      words[name],
      { name, value: stored[name] ?? '', maxLength, autocomplete },
      { hint, action },
    );
    const remove = () =>
      attempt(session, action, field.complain, async () => {
        await session.api.remove(name);
        field.input.value = '';
        field.focus();
        await settle();
        announce(words.deleted(words[name]));
      });
    const show = () => {
      field.complain();
      action.hidden = stored[name] === undefined;
    };
    return { ...field, show };
  };
  const choice = (name: 'locale' | 'custom:theme') => {
    const options = ['', ...RULES[name].values].map((value) => [value, words.values[value]] as const);
    return choiceField(words[name], name, options, stored[name] ?? '');
  };
  const texts = {
    given_name: text('given_name', 'given-name'),
    nickname: text('nickname', 'nickname' as AutoFill, words.nicknameHint(RULES.nickname.maxLength)),
  };
  const fields = { ...texts, locale: choice('locale'), 'custom:theme': choice('custom:theme') };
  type Name = keyof typeof fields;
  const names = Object.keys(fields) as Name[];

  const settle = async (): Promise<void> => {
    stored = await changed();
    for (const { show } of Object.values(texts)) show();
  };
  /** @returns whether something is wrong: the first such field has the focus then */
  const complain = (textOf: (name: Name) => string | undefined): boolean => {
    for (const name of names) fields[name].complain(textOf(name));
    const wrong = names.find((name) => textOf(name) !== undefined);
    if (wrong) fields[wrong].focus();
    return wrong !== undefined;
  };

  const refusal = h('p', { className: 'error', role: 'alert' });
  const save = button(words.save, undefined, { className: 'primary' });
  const submit = async (form: HTMLFormElement): Promise<void> => {
    refusal.textContent = '';
    const entered = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    const wanted = names.filter((name) => entered[name] !== (stored[name] ?? ''));
    // The API looks at everything again; what is known to be wrong need not travel.
    const isOdd = (name: Name) => name === 'nickname' && entered[name] !== '' && !NICKNAME.test(entered[name]);
    if (complain((name) => (isOdd(name) ? words.valueErrors.pattern : undefined))) return;
    if (wanted.length === 0) return announce(words.unchanged);
    const change: Change = Object.fromEntries(wanted.map((name) => [name, entered[name] || null]));
    const refused: Refused = (reason, problem) => {
      if (!complain((name) => valueText(problem, name))) refusal.textContent = reason;
    };
    await attempt(session, save, refused, async () => {
      await session.api.change(change);
      await settle();
      announce(words.saved);
    });
  };
  const form: HTMLFormElement = h(
    'form',
    {
      noValidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        void submit(form);
      },
    },
    ...names.map((name) => fields[name].element),
    refusal,
    h('div', { className: 'buttons' }, save),
  );
  const tenant = stored['custom:tenant'] ?? words.none;
  return h(
    'section',
    { className: 'card', id: 'profile' },
    h('h2', {}, words.profile),
    form,
    h(
      'dl',
      {},
      h('dt', {}, words['custom:tenant']),
      h('dd', {}, tenant),
      h('dd', { className: 'hint' }, words.tenantHint),
    ),
  );
};
