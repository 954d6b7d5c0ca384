// Beside it lies config.json: { "attributesUrl", "cognitoEndpoint", "clientId" }, as the stack's outputs have them.
const config = await (await fetch('config.json')).json();
const $ = (id) => document.getElementById(id);
const say = (text) => ($('status').textContent = text);
let token;
let shown = {};

const signIn = async (USERNAME, PASSWORD) => {
  const response = await fetch(config.cognitoEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: config.clientId,
      AuthParameters: { USERNAME, PASSWORD },
    }),
  });
  const { AuthenticationResult, ChallengeName, __type } = await response.json();
  if (!AuthenticationResult) throw new Error(ChallengeName ?? __type);
  return AuthenticationResult.AccessToken;
};

const ask = async (method, path, body) => {
  const response = await fetch(config.attributesUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Error(answer.title ?? answer.message ?? `HTTP ${response.status}`);
  return answer;
};

const show = async () => {
  shown = (await ask('GET', '')).attributes;
  for (const name of ['nickname', 'locale', 'email']) $('profile').elements[name].value = shown[name] ?? '';
  $('sign-in').hidden = true;
  $('profile').hidden = false;
};

const on = (id, act) =>
  $(id).addEventListener('submit', (event) => {
    event.preventDefault();
    say('');
    act(Object.fromEntries(new FormData(event.target))).catch((error) => say(error.message));
  });

on('sign-in', async ({ username, password }) => {
  token = await signIn(username, password);
  await show();
});

on('profile', async (entered) => {
  const changed = Object.entries(entered).filter(([name, value]) => value !== (shown[name] ?? ''));
  const attributes = Object.fromEntries(changed.map(([name, value]) => [name, value || null]));
  const { codesSent } = await ask('PATCH', '', { attributes });
  $('confirm').hidden = codesSent.length === 0;
  $('destination').textContent = codesSent[0]?.destination ?? '';
  await show();
  say('Saved');
});

on('confirm', async ({ code }) => {
  await ask('POST', '/email/verification', { code });
  $('confirm').hidden = true;
  await show();
  say('Confirmed');
});
