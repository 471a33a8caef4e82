import { beforeAll, test } from 'vitest';
import { expectReadable, useBrowser, wcag } from '../../support/browser.ts';
import { newScene, type Scene } from '../../support/screens/scene.ts';
import { screens } from '../../support/screens/screens.ts';
import { long } from '../../support/screens/words.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let scene: Scene;

beforeAll(async () => {
  scene = await newScene(stack, long);
});

test.each(screens)('$name is accessible and readable: light and dark, wide and narrow', async ({ open, isEmail }) => {
  // The best practices apply to pages only, because an email has no landmarks.
  await expectReadable(await open({ stack, browser, scene }), isEmail && wcag);
});
