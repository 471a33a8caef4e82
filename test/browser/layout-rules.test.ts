import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { layoutFaults } from '../support/layout.ts';

const browser = useBrowser();

const faultsOf = async (html: string): Promise<string[]> => {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await page.setContent(
    `<!doctype html><style>body { margin: 8px; font: 16px sans-serif }</style><main>${html}</main>`,
  );
  return layoutFaults(page, [
    ...(/<button/.test(html) ? ['action' as const] : []),
    ...(/<tbody/.test(html) ? ['row' as const] : []),
  ]);
};

const bordered = 'style="border: 1px solid"';
const button = (name: string, style = '') => `<button style="border: 1px solid; ${style}">${name}</button>`;
const row = (gap: number, ...parts: string[]) => `<div style="display: flex; gap: ${gap}px">${parts.join('')}</div>`;
const clipped = (style: string) =>
  `<p style="width: 90px; white-space: nowrap; overflow: hidden; ${style}">A text that is too long</p>`;
const column = (width: number, text: string, style = '') => `<p style="width: ${width}px; ${style}">${text}</p>`;
const heading = (text: string, width: number) =>
  `<table style="table-layout: fixed; width: ${width}px"><tr><th scope="col">${text}</th></tr></table>`;
const hidden = 'position: absolute; width: 1px; height: 1px; overflow: hidden';

test.each([
  [
    'buttons without a gap',
    row(0, button('Export'), button('Invite')),
    'button "Export" touches button "Invite": 0 px',
  ],
  ['buttons above one another', button('One', 'display: block') + button('Two', 'display: block'), 'touches'],
  [
    'a button over another button',
    row(-20, button('Export'), button('Invite')).replace('gap: -20px', '') +
      `<style>button + button { margin-left: -20px }</style>`,
    'button "Export" overlaps button "Invite"',
  ],
  [
    'a text over another text',
    `<p style="margin: 0">Lines</p><p style="margin: -14px 0 0">Other</p>`,
    'text "Lines" overlaps text "Other"',
  ],
  ['a text over a button', button('Save') + `<p style="margin: -20px 0 0">Text</p>`, 'overlaps'],
  ['texts of two columns', row(0, '<div>Name</div>', '<div>Owner</div>'), 'text "Name" touches text "Owner": 0 px'],
  ['a text at a button', row(0, '<div>Name</div>', button('Edit')), 'text "Name" touches button "Edit": 0 px'],
  ['a text that is cut off at its side', clipped(''), 'is cut off at its side'],
  ['a text that is cut off at its bottom', `<div style="height: 10px; overflow: hidden">Text</div>`, 'top or bottom'],
  [
    'a button that is cut off',
    `<div style="width: 30px; overflow: hidden">${button('A long name')}</div>`,
    'button "A long name" is cut off',
  ],
  [
    'a button outside of the window',
    button('Far', 'position: relative; left: 380px'),
    'button "Far" is partly outside',
  ],
  ['a fixed button below the window', button('Low', 'position: fixed; top: 290px'), 'nothing scrolls there'],
  ['a page that scrolls sideways', `<div style="width: 500px">Wide</div>`, 'the page scrolls sideways by 108 px'],
  [
    'a table that scrolls sideways',
    `<div style="overflow: auto"><table style="width: 500px"><tbody><tr><td>A</td></tr></tbody></table></div>`,
    'table has to be scrolled sideways by 116 px',
  ],
  ['a broken number', column(60, 'US$1,234,567.00', 'overflow-wrap: anywhere'), 'number "US$1,234,567.00" breaks'],
  ['a broken date', column(80, '12 Nov 2026'), 'date "12 Nov 2026" breaks'],
  ['a broken word', column(60, 'Infrastructure', 'overflow-wrap: anywhere'), 'word "Infrastructure" breaks'],
  ['a broken column heading', heading('Monthly cost', 80), 'column heading th "Monthly cost" breaks'],
  [
    'a first action out of view',
    `<div style="height: 400px"></div>${button('Invite')}`,
    'first action button "Invite" is not in view without scrolling',
  ],
  [
    'a first row out of view',
    `${button('Invite')}<div style="height: 300px"></div><table><tbody><tr><td>Ada</td></tr></tbody></table>`,
    'first row tr "Ada" is not in view',
  ],
])('finds %s', async (_, html, fault) => {
  expect(await faultsOf(html)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
});

test.each([
  ['buttons with a gap', row(8, button('Export'), button('Invite'))],
  ['buttons above one another with a gap', button('One', 'display: block; margin-bottom: 8px') + button('Two')],
  ['links in a sentence', '<p>See <a href="/a">Ada</a>, <a href="/b">Ben</a> and others.</p>'],
  ['the words of one cell', '<p><b>US$</b><span>12</span></p>'],
  ['columns with a gap', row(4, '<div>Name</div>', '<div>Owner</div>')],
  ['lines of a narrow text', column(120, 'Several lines of one text that is not long', 'line-height: 1.1')],
  ['a button with an icon and a text', `<button ${bordered}><span>+</span><span>Add</span></button>`],
  [
    'a button in the padding of a field',
    `<div style="position: relative"><input aria-label="Search" style="padding-right: 40px; width: 200px"><button style="border: 1px solid; position: absolute; left: 206px; top: 0; width: 20px">x</button></div>`,
  ],
  ['a text with an ellipsis', clipped('text-overflow: ellipsis')],
  ['a text for screen readers', `<span style="${hidden}">Only for screen readers</span>${button('Visible')}`],
  ['a collapsed section', `<div style="height: 0; overflow: hidden">${button('Later')}</div>${button('Now')}`],
  [
    'content that is reached by scrolling down',
    `${button('First')}<div style="height: 50px; overflow: auto"><p>One</p><p>Two</p><p>Three</p></div>`,
  ],
  ['a long page', `${button('First')}<div style="height: 900px"></div>${button('Last')}`],
  [
    'a menu over the page',
    `${button('Actions')}<p>Text</p><div style="position: absolute; z-index: 9; top: 20px">${button('Edit')}</div>`,
  ],
  ['a number and a date in one line', '<p>US$1,234,567.00 until 12 Nov 2026</p>'],
  ['an identifier that breaks', column(90, 'very.long.address.of.somebody@example.com', 'overflow-wrap: anywhere')],
  ['a column heading in one line', heading('Monthly cost', 200)],
  ['a number in an identifier', column(90, '4711-0815-PLATFORM-ENGINEERING-12', 'overflow-wrap: anywhere')],
  [
    'a sticky footer over scrolled content',
    `${button('First')}<div style="height: 40px; overflow: auto"><p>One</p><p>Two</p><div style="position: sticky; bottom: 0">${button('Save')}</div></div>`,
  ],
  ['the page behind a dialog', `${row(0, button('A'), button('B'))}<div role="dialog">${button('Close')}</div>`],
])('accepts %s', async (_, html) => {
  expect(await faultsOf(html)).toEqual([]);
});
