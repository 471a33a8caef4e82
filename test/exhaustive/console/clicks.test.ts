import { expect, test } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { clicksOf } from '../../support/clicks.ts';
import { openConsole } from '../../support/console.ts';
import { newOrganization } from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

test('mouse clicks are counted, also after a reload, and keys are not', async () => {
  const organization = await newOrganization(stack, 'Clicks');
  const page = await openConsole(stack, browser, organization, organization.manager, '/users');
  const light = page.getByRole('button', { name: 'Dark mode' });
  const dark = page.getByRole('button', { name: 'Light mode' });
  const toggleTwice = async () => {
    await light.click();
    await page.reload();
    await dark.click();
    await light.focus();
    await page.keyboard.press('Enter');
    await dark.waitFor();
  };
  expect(await clicksOf(page, toggleTwice)).toBe(2);
  await dark.click();
  expect(await clicksOf(page, toggleTwice)).toBe(2);
});
