import { formatNumber } from '../parts/format.ts';

/** Texts about another person's rights. `pool` is the path of a pool. */
export const accessTexts = {
  title: (name: string) => `What ${name} can do`,
  description: 'Rights come from roles. A role on a pool also applies to all its sub-pools.',
  action: 'Right',
  where: 'Where',
  through: 'Through',
  pool: 'Show rights in',
  anyPool: 'Any pool',
  allowed: 'Allowed',
  yes: 'Yes',
  onlyOwn: 'Only what they own',
  no: 'No',
  everyUser: 'Every user',
  anywhere: 'The whole organization',
  scope: (pool: string) => `${pool} and its sub-pools`,
  below: (pool: string) => `Sub-pools of ${pool}`,
  own: (pool: string) => `What they own in ${pool} and its sub-pools`,
  more: (count: number) => `and ${formatNumber(count)} more. Choose a pool to see what applies there.`,
};
