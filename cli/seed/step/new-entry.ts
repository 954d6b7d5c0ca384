import type { Creation } from '../../../lib/private/contracts/seed-creation';
import type { Change } from '../../../lambda/seeder/settle';
import type { Made } from '../declaration/made';
import type { PoolDescription } from '../pool/description';
import { newUserComplaints } from '../pool/new-users';
import { groupsJoined, type HasGroup } from './account-change';
import type { AttributeChange, Entry } from './entry';
import { COGNITOS_OWN, passwordOf } from './password';

/** A user whom the deployment would create. */
export const newEntry = async (
  { declaredAs: username, create }: Change,
  line: number,
  { invitation }: Pick<Creation, 'invitation'>,
  pool: PoolDescription,
  hasGroup: HasGroup,
  made: Made,
): Promise<Entry> => {
  const { attributes, groups = [], enabled, password } = create!;
  const complaints = newUserComplaints(username, attributes, invitation, pool.newUsers);
  const lacking = complaints.flatMap(({ attribute, complaint }): AttributeChange[] =>
    attribute === undefined ? [] : [{ name: attribute, action: 'add', complaint }],
  );
  const given = Object.entries(attributes).map(([name, after]): AttributeChange => ({
    name,
    action: 'add',
    after,
    complaint: pool.complaint(name, 'creation'),
  }));
  return {
    action: 'create',
    username,
    line,
    left: false,
    attributes: [...given, ...lacking].sort((one, other) => (one.name < other.name ? -1 : 1)),
    join: await groupsJoined(groups, hasGroup),
    leave: [],
    ...(enabled === false ? { enabled } : {}),
    password: password ? passwordOf(password, made) : COGNITOS_OWN,
    messages: [],
    invitation,
    complaint: complaints.find(({ attribute }) => attribute === undefined)?.complaint,
  };
};
