/** Keys of maps in a template that CloudFormation or JavaScript would take for something else. */
export const isReservedKey = (key: string): boolean =>
  ['Ref', 'Condition', '__proto__'].includes(key) || key.startsWith('Fn::');

export const RESERVED = 'the name means something else in a template';
