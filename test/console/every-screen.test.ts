import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { consoleScreens } from '../support/screens/console-screens.ts';

const app = 'functions/console/app';
const unique = (texts: string[]): string[] => [...new Set(texts)].toSorted();

test('every page of the console is a screen that tests open', () => {
  // Read as text, because the module imports the pages, which only a browser runs.
  const paths = readFileSync(`${app}/pages.ts`, 'utf8').matchAll(/\bpath: '([^']+)'/g);
  const opened = consoleScreens.filter(({ dialog }) => dialog === undefined);
  expect(unique(opened.map((screen) => screen.path))).toEqual(unique(Array.from(paths, ([, each]) => each ?? '')));
});

test('every dialog of the console is a screen that tests open', () => {
  const files = globSync(`${app}/*/*-modal.tsx`).filter((file) => path.basename(path.dirname(file)) !== 'parts');
  const sources = files.map((file) => readFileSync(file, 'utf8'));
  // What dialogs share is no dialog by itself.
  const isShared = (file: string) => sources.some((source) => source.includes(`'./${path.basename(file)}'`));
  const dialogs = files.filter((file) => !isShared(file)).map((file) => path.relative(app, file).replace('.tsx', ''));
  expect(unique(consoleScreens.flatMap(({ dialog }) => dialog ?? []))).toEqual(unique(dialogs));
});
