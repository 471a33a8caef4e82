/**
 * Keeps the keyboard focus near where the person works. The focused element often disappears: an action removes its row, its dialog
 * closes, or its button is disabled. The browser then moves the focus to the body, and a person who uses the keyboard or a screen
 * reader starts again at the top. This script moves the focus to where the person continues: the notice that offers to undo, the
 * next row, the heading of the list, or the heading of the page. It serves every list and every dialog.
 */
export const keepFocus = (): void => {
  addEventListener('focusin', ({ target }) => target instanceof HTMLElement && remember(target));
  addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget === null && target instanceof HTMLElement) setTimeout(forgetIfLeft, 0, target);
  });
  for (const input of ['pointerdown', 'keydown'])
    addEventListener(input, rememberNotices, { capture: true, passive: true });
  new MutationObserver(scheduleCheck).observe(document.body, {
    attributes: true,
    attributeFilter: ['disabled'],
    childList: true,
    subtree: true,
  });
};

/** An element that had the focus, and where to put the focus if the element is gone. */
interface Place {
  element: HTMLElement;
  /** The dialog, the notices or the menu that the element is in; null for the page itself. */
  area: Element | null;
  /** The table, or the list of cards on a narrow screen. */
  list: Element | null;
  /** The position of the element's row or card in the list. -1 outside of the rows. */
  row: number;
  /** The heading above the list. It is looked up in advance, because a list that becomes empty may disappear. */
  heading: HTMLElement | undefined;
  notice: Element | null;
}

/** The last focused place of each area. The area with the most recent focus comes last. */
let places: Place[] = [];
/** Notices that were there before the person's last action. */
let knownNotices = new Set<Element>();

const areas = '[role=dialog], [role=menu], [role=listbox], [data-notices], nav, header';
const noticesSelector = '[data-notices] [data-itemid]';

const remember = (element: HTMLElement): void => {
  const area = element.closest(areas);
  const list = element.closest('table') ?? element.closest('ol, ul');
  const row = rowsOf(list).findIndex((each) => each.contains(element));
  places = [
    ...places.filter((place) => place.area !== area),
    { element, area, list, row, heading: list ? headingOf(list) : undefined, notice: element.closest(noticesSelector) },
  ];
};

const rememberNotices = (): void => {
  knownNotices = new Set(document.querySelectorAll(noticesSelector));
};

/** A click on an empty part of the page also removes the focus, but its element still exists. Then the focus is not moved back. */
const forgetIfLeft = (element: HTMLElement): void => {
  if (document.activeElement === document.body && canFocus(element)) places = [];
};

let scheduled = false;
const scheduleCheck = (): void => {
  if (scheduled) return;
  scheduled = true;
  // A dialog that closes returns the focus itself, in the same frame, if it can.
  requestAnimationFrame(() => {
    scheduled = false;
    if (document.activeElement === document.body && places.length > 0) moveFocus();
  });
};

const moveFocus = (): void => {
  const notice = [...document.querySelectorAll(noticesSelector)].find(
    (each) => !knownNotices.has(each) && offersAction(each),
  );
  const candidates = [
    () => notice && focusNotice(notice),
    ...places.toReversed().map((place) => () => focusAt(place)),
    () => focusHeading(pageHeading()),
  ];
  // A page without a heading is still loading. The next change of the document runs this again.
  candidates.find((focus) => focus() === true);
};

const focusAt = ({ element, list, row, heading, notice }: Place): boolean => {
  if (canFocus(element)) return focusElement(element);
  if (notice) return focusNotice(notice);
  const rows = list?.isConnected ? rowsOf(list) : [];
  const next = row < 0 ? undefined : rows[Math.min(row, rows.length - 1)];
  // The last button of a row opens its actions. In a card, links come after the actions, so buttons are tried before links.
  const control = ['button', 'a[href]']
    .flatMap((kind) => [...(next?.querySelectorAll<HTMLElement>(kind) ?? [])].toReversed())
    .find(canFocus);
  return control ? focusElement(control) : focusHeading(heading);
};

const rowsOf = (list: Element | null): Element[] => [
  ...(list?.querySelectorAll(':scope > tbody > tr, :scope > li') ?? []),
];

const offersAction = (notice: Element): boolean => notice.querySelectorAll('button').length > 1;

const focusNotice = (notice: Element): boolean => {
  const container = notice.isConnected && notice.querySelector<HTMLElement>('[role=group]');
  return container ? focusElement(container) : false;
};

const canFocus = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });

const focusElement = (element: HTMLElement): boolean => {
  element.focus();
  return document.activeElement === element;
};

const headingOf = (list: Element): HTMLElement | undefined =>
  headings().findLast((heading) => (heading.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);

const pageHeading = (): HTMLElement | undefined => headings().find(({ tagName }) => tagName === 'H1') ?? headings()[0];

const headings = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('main :is(h1, h2, h3)')].filter((heading) => canFocus(heading));

const focusHeading = (heading: HTMLElement | undefined): boolean => {
  if (!heading || !canFocus(heading)) return false;
  heading.tabIndex = -1;
  return focusElement(heading);
};
