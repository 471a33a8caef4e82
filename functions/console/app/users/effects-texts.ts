import { andList } from '../parts/format.ts';

export const effectsTexts = {
  title: 'What changes',
  before: 'Now',
  after: 'After the change',
  noRoles: 'No roles',
  loses: 'Can no longer',
  gains: 'Can now',
  inPlace: (place: string, rights: string[]) => `${place}: ${rights.map(uncapitalized).join('; ')}`,
  unchangeable: (assets: string[]) => `Can no longer change ${andList(assets)} they own.`,
  onlyManager: (pools: string[]) =>
    `Nobody else is a manager of ${andList(pools)}. Organization managers can still manage ${pools.length === 1 ? 'it' : 'them'}.`,
  selfTitle: 'You are taking away your own rights',
  selfText:
    'After this change you can no longer change roles, so you cannot undo it. Another organization manager would have to give you the role back.',
};

const uncapitalized = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
