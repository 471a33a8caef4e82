import { ancestorsOf, heightOf, isVisible, widthOf, type Box, type Rectangle } from './boxes.ts';

/** The tolerance for rounding, in pixels. */
const rounding = 1;

/** The share of a line's height that its font reserves for marks above and below the letters. */
const fontMargin = 0.25;

/** The visible part of a box, or the fault if it is cut off. Returns neither if the box is scrolled out of view. */
export const seenPart = (box: Box): { seen?: Box; fault?: string } => {
  const part: Rectangle = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
  const margin = box.kind === 'text' ? fontMargin * heightOf(box) : rounding;
  let fixed = getComputedStyle(box.element).position === 'fixed';
  let reachable = false;
  for (const clip of clipsOf(box.element)) {
    const { rectangle, x, y, ellipsis, fixed: isFixed } = clip;
    fixed ||= isFixed;
    if (widthOf(rectangle) <= 1 || heightOf(rectangle) <= 1) return {};
    if (x === 'hide' && !ellipsis && exceeds(part.left, part.right, rectangle.left, rectangle.right, rounding))
      return { fault: `${box.name} is cut off at its side` };
    if (y === 'hide' && !ellipsis && exceeds(part.top, part.bottom, rectangle.top, rectangle.bottom, margin))
      return { fault: `${box.name} is cut off at its top or bottom` };
    if (y === 'scroll') reachable = true;
    if (x !== 'show') {
      part.left = Math.max(part.left, rectangle.left);
      part.right = Math.min(part.right, rectangle.right);
    }
    if (y !== 'show') {
      part.top = Math.max(part.top, rectangle.top);
      part.bottom = Math.min(part.bottom, rectangle.bottom);
    }
    if (widthOf(part) <= 0 || heightOf(part) <= 0) return {};
  }
  if (part.right <= 0) return {};
  if (part.left < -rounding || part.right > innerWidth + rounding)
    return { fault: `${box.name} is partly outside of the window` };
  if (fixed && !reachable && (part.bottom > innerHeight + margin || part.top < -margin))
    return { fault: `${box.name} is partly outside of the window, and nothing scrolls there` };
  return { seen: { ...box, ...part } };
};

const exceeds = (from: number, to: number, min: number, max: number, tolerance: number): boolean =>
  from < min - tolerance || to > max + tolerance;

interface Clip {
  rectangle: Rectangle;
  /** How overflowing content is treated. */
  x: 'show' | 'hide' | 'scroll';
  y: 'show' | 'hide' | 'scroll';
  /** The text is cut off with an ellipsis. */
  ellipsis: boolean;
  fixed: boolean;
}

const kinds: Record<string, Clip['x']> = {
  visible: 'show',
  hidden: 'hide',
  clip: 'hide',
  auto: 'scroll',
  scroll: 'scroll',
};

/** The ancestors that clip an element, from the innermost to the outermost. */
const clipsOf = (element: Element): Clip[] => {
  const clips: Clip[] = [];
  let { position } = getComputedStyle(element);
  let ellipsis = hasEllipsis(element);
  const own = element.matches('button, a, input, textarea, select, [role=button]') ? [] : [element];
  for (const each of [...own, ...ancestorsOf(element)]) {
    const style = getComputedStyle(each);
    if (each === document.body || each === document.documentElement) break;
    ellipsis ||= hasEllipsis(each);
    // An absolutely positioned element is not clipped by ancestors that are not positioned.
    const contains =
      each === element || position !== 'absolute' || style.position !== 'static' || style.transform !== 'none';
    if (position === 'fixed' && each !== element && style.transform === 'none') continue;
    if (!contains) continue;
    const [x = 'show', y = 'show'] = [kinds[style.overflowX], kinds[style.overflowY]];
    if (x !== 'show' || y !== 'show')
      clips.push({ rectangle: paddingBoxOf(each), x, y, ellipsis, fixed: style.position === 'fixed' });
    else if (style.position === 'fixed')
      clips.push({ rectangle: each.getBoundingClientRect(), x: 'show', y: 'show', ellipsis, fixed: true });
    if (each !== element) ({ position } = style);
  }
  return clips;
};

const hasEllipsis = (element: Element): boolean => {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  return textOverflow === 'ellipsis' || (webkitLineClamp !== 'none' && webkitLineClamp !== '');
};

const paddingBoxOf = (element: Element): Rectangle => {
  const { left, top } = element.getBoundingClientRect();
  const { clientLeft, clientTop, clientWidth, clientHeight } = element;
  const [x, y] = [left + clientLeft, top + clientTop];
  return { left: x, top: y, right: x + clientWidth, bottom: y + clientHeight };
};

/** Containers that must be scrolled horizontally. Tab lists are allowed, because they have buttons for scrolling. */
export const sidewaysScrollers = (root: Element): string[] =>
  [...root.querySelectorAll('*')]
    .filter((each) => {
      if (each.scrollWidth <= each.clientWidth + rounding || each.clientWidth === 0) return false;
      if (each.closest('[aria-hidden=true]') || !isVisible(each)) return false;
      return (
        ['auto', 'scroll'].includes(getComputedStyle(each).overflowX) && !each.matches('pre, textarea, [role=tablist]')
      );
    })
    .map((each) => {
      const what = each.querySelector('table') ?? each;
      const hidden = each.scrollWidth - each.clientWidth;
      return `${what.getAttribute('role') ?? what.tagName.toLowerCase()} has to be scrolled sideways by ${hidden} px`;
    });
