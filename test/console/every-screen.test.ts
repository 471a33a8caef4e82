import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { consoleScreens } from '../support/screens/console-screens.ts';

const app = 'functions/console/app';
const unique = (texts: string[]): string[] => [...new Set(texts)].toSorted();

test('the screens that tests open include every page of the console', () => {
  // The module is read as text, because it imports the pages, which run only in a browser.
  const paths = readFileSync(`${app}/pages.ts`, 'utf8').matchAll(/\bpath: '([^']+)'/g);
  const opened = consoleScreens.filter(({ dialog }) => dialog === undefined);
  expect(unique(opened.map((screen) => screen.path))).toEqual(unique(Array.from(paths, ([, each]) => each ?? '')));
});

test('the screens that tests open include every dialog of the console', () => {
  const files = globSync(`${app}/*/*-modal.tsx`).filter((file) => path.basename(path.dirname(file)) !== 'parts');
  const sources = files.map((file) => readFileSync(file, 'utf8'));
  // A module that another dialog imports is a shared part, not a dialog of its own.
  const isShared = (file: string) => sources.some((source) => source.includes(`'./${path.basename(file)}'`));
  const dialogs = files.filter((file) => !isShared(file)).map((file) => path.relative(app, file).replace('.tsx', ''));
  expect(unique(consoleScreens.flatMap(({ dialog }) => dialog ?? []))).toEqual(unique(dialogs));
});
