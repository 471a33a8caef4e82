import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { layoutFaults } from '../../support/layout.ts';
import { showWidestDates } from '../../support/layout/widest-dates.ts';
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

describe.each([
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
])('at a width of $width px, the layout has no faults', (viewport) => {
  test.each(screens)('$name', async ({ open, first, isEmail }) => {
    const page = await open({ stack, browser, scene }, { viewport });
    await showWidestDates(page);
    // The mail program decides where the lines of an email wrap.
    const faults = async () =>
      (await layoutFaults(page, first)).filter((each) => !(isEmail && /^date .* breaks$/.test(each)));
    const light = await faults();
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const dark = await faults();
    expect({ light, dark }).toEqual({ light: [], dark: [] });
  });
});

test('the check reports the toolbar of a list if the gap between its buttons is removed', async () => {
  const users = screens.find(({ name }) => name === '/users') ?? expect.unreachable();
  const page = await users.open({ stack, browser, scene }, { viewport: { width: 1280, height: 800 } });
  // The gap is set through the DOM, because the page's content security policy blocks style elements.
  const toolbars = await page.locator('.buttons').evaluateAll((found) => {
    for (const each of found as HTMLElement[]) each.style.gap = '0';
    return found.length;
  });
  expect(toolbars).toBeGreaterThan(0);
  expect(await layoutFaults(page)).toContainEqual(expect.stringMatching(/^button ".*" touches button ".*": 0 px$/));
});
