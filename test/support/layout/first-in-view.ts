import { heightOf, isVisible, nameOf } from './boxes.ts';

/** The height in pixels that must be visible so that a row can be read. */
const rowHeight = 24;

/** What must be in view without scrolling: the first action, and the first row of a page that is a list. */
export type First = 'action' | 'row';

const selectors: Record<First, string> = {
  action: 'button, a[href], input, textarea, [role=button]',
  row: 'tbody tr, li[class*=awsui_card_]',
};

/** The faults of the wanted elements that are missing or not in view without scrolling. */
export const firstOutOfView = (root: Element, wanted: First[]): string[] =>
  wanted.flatMap((what) => {
    const found = [...root.querySelectorAll(selectors[what])].find(isVisible);
    if (!found) return [`there is no first ${what}`];
    const box = found.getBoundingClientRect();
    const inView = box.top >= 0 && box.top + Math.min(heightOf(box), rowHeight) <= innerHeight;
    return inView ? [] : [`first ${what} ${nameOf(found)} is not in view without scrolling: ${Math.round(box.top)} px`];
  });
