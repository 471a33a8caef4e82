import { boxesIn, isVisible } from './boxes.ts';
import { breaks } from './breaks.ts';
import { seenPart, sidewaysScrollers } from './cut-off.ts';
import { firstOutOfView, type First } from './first-in-view.ts';
import { overlaps } from './overlap.ts';

/** Runs in the page. If a dialog is open, only the topmost one is measured, because the page behind it cannot be used. */
const layoutFaults = (first: First[]): string[] => {
  const dialog = [...document.querySelectorAll('[role=dialog], dialog[open]')].findLast(isVisible);
  const root = dialog ?? document.body;
  const parts = boxesIn(root).map(seenPart);
  const { scrollWidth, clientWidth } = document.documentElement;
  return [
    ...new Set([
      ...parts.flatMap(({ fault }) => fault ?? []),
      ...overlaps(parts.flatMap(({ seen }) => seen ?? [])),
      ...breaks(root),
      ...sidewaysScrollers(root),
      ...(scrollWidth > clientWidth ? [`the page scrolls sideways by ${scrollWidth - clientWidth} px`] : []),
      ...firstOutOfView(dialog ?? document.querySelector('main') ?? document.body, first),
    ]),
  ];
};

Object.assign(globalThis, { layoutFaults });
