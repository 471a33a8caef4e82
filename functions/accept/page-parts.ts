import type { Way, Words } from './page-words.ts';

/** The parts of page.html. */
export const element = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page lacks #${id}`);
  return found as T;
};

const sections = ['busy', 'paste', 'invite', 'block', 'end'] as const;

/** Shows one section alone. Its heading gets the focus: that is how a screen reader learns of it. */
export const show = (section: (typeof sections)[number]): void => {
  for (const id of sections) element(id).hidden = id !== section;
  const heading = element(section).querySelector('h1');
  document.title = heading?.textContent ?? '';
  heading?.focus();
};

export const showPaste = ({ title, text }: Words): void => {
  element('paste-title').textContent = title;
  element('paste-text').textContent = text;
  setError('link', '');
  show('paste');
};

/** Asks before an organization is blocked, or before its block is lifted. */
export const showBlock = ({ title, text }: Words, blocked: boolean): void => {
  element('block-title').textContent = title;
  element('block-text').textContent = text;
  element('block-problem').textContent = '';
  element('block-confirm').hidden = blocked;
  element('unblock-confirm').hidden = !blocked;
  show('block');
};

const allWays: Way[] = ['ask', 'sign-in', 'again'];

export const showEnd = ({ title, text, ways = [] }: Words): void => {
  element('end-title').textContent = title;
  element('end-text').textContent = text;
  element('end-problem').textContent = '';
  for (const way of allWays) element(way).hidden = !ways.includes(way);
  show('end');
};

/** What is wrong with a field, beside it; nothing when the text is empty. */
export const setError = (field: string, text: string): void => {
  element(`${field}-error`).textContent = text;
  if (text) element(field).setAttribute('aria-invalid', 'true');
  else element(field).removeAttribute('aria-invalid');
};

let working = false;

/**
 * Does one thing at a time: clicks meanwhile do nothing. Buttons are not disabled for it, they would lose the focus.
 * `words`: what a screen reader says meanwhile.
 */
export const work = async (words: string, task: () => Promise<void>): Promise<void> => {
  if (working) return;
  working = true;
  const buttons = document.querySelectorAll('button');
  for (const button of buttons) button.setAttribute('aria-disabled', 'true');
  element('status').textContent = words;
  try {
    await task();
  } finally {
    working = false;
    for (const button of buttons) button.removeAttribute('aria-disabled');
    element('status').textContent = '';
  }
};
