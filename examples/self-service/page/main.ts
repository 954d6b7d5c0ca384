/** A page on which people change their own attributes: it signs in, and the rest is the API's. */
import type { PageConfig } from '../page-config';
import { signIn, SignInError } from '../sign-in';
import { accountView } from './account';
import { button, h } from './dom';
import { inputField } from './field';
import { words } from './words';

const config = (await (await fetch('config.json')).json()) as PageConfig;
const view = document.getElementById('view')!;
const sessionBar = document.getElementById('session')!;

const showAccount = async (token: string): Promise<void> => {
  const account = await accountView(config, token, showSignIn);
  sessionBar.replaceChildren(button(words.signOut, () => showSignIn(words.signedOut)));
  document.title = `${words.account} – Blue Harbour`;
  view.replaceChildren(account);
  view.querySelector('h1')?.focus();
};

/** @param note why somebody is here who was signed in */
const showSignIn = (note = ''): void => {
  const username = inputField(words.username, { autocomplete: 'username', autocapitalize: 'none', spellcheck: false });
  const password = inputField(words.password, { type: 'password', autocomplete: 'current-password' });
  const error = h('p', { className: 'error', role: 'alert' });
  const submit = button(words.signIn, undefined, { className: 'primary' });
  const enter = async (): Promise<void> => {
    error.textContent = '';
    const empty = [username, password].filter(({ input, complain }) => {
      complain(input.value === '' ? words.valueErrors.required : undefined);
      return input.value === '';
    });
    if (empty.length > 0) return empty[0].focus();
    const options = { endpoint: config.cognitoEndpoint, clientId: config.clientId };
    submit.ariaBusy = 'true';
    try {
      await showAccount(await signIn(options, username.input.value.trim(), password.input.value));
    } catch (reason) {
      error.textContent = refusal(reason);
      password.input.select();
    } finally {
      submit.ariaBusy = 'false';
    }
  };
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    if (submit.ariaBusy !== 'true') void enter();
  };
  document.documentElement.dataset.theme = '';
  document.title = `${words.signIn} – Blue Harbour`;
  sessionBar.replaceChildren();
  view.replaceChildren(
    h(
      'form',
      { className: 'card sign-in', noValidate: true, onsubmit },
      h('h1', {}, words.signIn),
      h('p', { className: 'hint', role: 'status' }, note || words.signInLead),
      username.element,
      password.element,
      error,
      submit,
    ),
  );
  username.focus();
};

const refusal = (reason: unknown): string => {
  const name = reason instanceof SignInError ? reason.message : '';
  if (['NotAuthorizedException', 'UserNotFoundException'].includes(name)) return words.wrongPassword;
  if (name !== '' && !name.endsWith('Exception')) return words.challenge;
  console.error(reason);
  return words.offline;
};

showSignIn();
