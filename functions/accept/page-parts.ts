import type { Way, Words } from './page-words.ts';

/** Finds an element of page.html by its id. */
export const element = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page lacks #${id}`);
  return found as T;
};

const sections = ['busy', 'paste', 'invite', 'block', 'end'] as const;

/** Shows one section and hides the others. Its heading gets the focus, so that a screen reader announces the section. */
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

/** Asks for confirmation before an organization is blocked or unblocked. */
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

/** Shows an error text at a field. An empty text removes the error. */
export const setError = (field: string, text: string): void => {
  element(`${field}-error`).textContent = text;
  if (text) element(field).setAttribute('aria-invalid', 'true');
  else element(field).removeAttribute('aria-invalid');
};

let working = false;

/**
 * Runs one task at a time and ignores clicks meanwhile. Buttons are not disabled, because a disabled button would lose the focus.
 * `words`: the status that a screen reader announces.
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
