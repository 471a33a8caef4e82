/** A rectangle in CSS pixels, relative to the viewport. */
export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A visible control, or one visible line of a text. */
export interface Box extends Rectangle {
  kind: 'control' | 'text';
  element: Element;
  /** The name in fault messages: `button "Invite"`. */
  name: string;
  /** The element that is painted above the page and contains this one, such as a sticky column or a menu. By default the body. */
  layer: Element;
  /** The control has a visible border or background. */
  outlined: boolean;
  /** The text begins or ends with a space. */
  spaced: boolean;
  /** The part of a field that contains its value. Icons and buttons may be in the padding around it. */
  value?: Rectangle;
}

const controls =
  'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=combobox]';

export const isVisible = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });

export const widthOf = ({ left, right }: Rectangle): number => right - left;
export const heightOf = ({ top, bottom }: Rectangle): number => bottom - top;

export const ancestorsOf = (element: Element): Element[] => {
  const found: Element[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) found.push(at);
  return found;
};

/** Visually hidden texts are for screen readers: they are clipped to a pixel or less. */
const isForScreenReaders = (element: Element): boolean =>
  [element, ...ancestorsOf(element)].some((each) => {
    const { position, clipPath, clip, overflow } = getComputedStyle(each);
    if (position !== 'absolute' && position !== 'fixed') return false;
    const { width, height } = each.getBoundingClientRect();
    const tiny = overflow !== 'visible' && (width <= 1 || height <= 1);
    return tiny || clipPath.startsWith('inset(') || clip.startsWith('rect(');
  });

export const nameOf = (element: Element, text = seenText(element)): string => {
  const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
  const label = element.getAttribute('aria-label') ?? (text.trim() || element.getAttribute('placeholder')) ?? '';
  return `${role} "${label.trim().replaceAll(/\s+/g, ' ').slice(0, 60)}"`;
};

const seenText = (element: Element): string =>
  textsIn(element)
    .map(({ data }) => data)
    .join(' ');

/** The innermost element that is painted above the rest of the page and contains this one, or else the body. */
const layerOf = (element: Element): Element =>
  [element, ...ancestorsOf(element)].find((each) => {
    const { position, zIndex } = getComputedStyle(each);
    return position === 'fixed' || position === 'sticky' || (position === 'absolute' && Number(zIndex) > 0);
  }) ?? document.body;

const transparent = 'rgba(0, 0, 0, 0)';

const isOutlined = (element: Element): boolean => {
  const style = getComputedStyle(element);
  const bordered = (side: 'Left' | 'Top') =>
    Number.parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Color`] !== transparent;
  return (bordered('Left') && bordered('Top')) || style.backgroundColor !== transparent;
};

/** The lines of a text. White space between elements has none. */
export const linesOf = (text: Text): DOMRect[] => {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
};

export const textsIn = (root: Element): Text[] => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  return texts.filter(({ data, parentElement }) => {
    if (!data.trim() || !parentElement || parentElement.closest('script, style, noscript, option')) return false;
    return isVisible(parentElement) && !isForScreenReaders(parentElement);
  });
};

const rectanglesOf = (control: Element): Rectangle[] =>
  getComputedStyle(control).display === 'inline' ? [...control.getClientRects()] : [control.getBoundingClientRect()];

const valueOf = (field: Element): { value?: Rectangle } => {
  if (!field.matches('input, textarea')) return {};
  const { left, top, right, bottom } = field.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(field);
  const [from, to] = [left + Number.parseFloat(paddingLeft), right - Number.parseFloat(paddingRight)];
  return { value: { left: from, top, right: to, bottom } };
};

const rectangle = ({ left, top, right, bottom }: Rectangle): Rectangle => ({ left, top, right, bottom });

export const boxesIn = (root: Element): Box[] => {
  const texts = textsIn(root).flatMap((text) => {
    const element = text.parentElement ?? root;
    const rest = { kind: 'text' as const, element, layer: layerOf(element), outlined: false };
    const spaced = text.data.trim() !== text.data;
    return linesOf(text).map((line) => ({
      ...rectangle(line),
      ...rest,
      spaced,
      name: nameOf(element, text.data).replace(/^\S+/, 'text'),
    }));
  });
  const found = [...root.querySelectorAll(controls)].filter((each) => isVisible(each) && !isForScreenReaders(each));
  const boxes = found.flatMap((element) => {
    const rest = { kind: 'control' as const, element, layer: layerOf(element), name: nameOf(element), spaced: false };
    return rectanglesOf(element)
      .filter((each) => widthOf(each) > 0 && heightOf(each) > 0)
      .map((each) => ({ ...rectangle(each), ...rest, outlined: isOutlined(element), ...valueOf(element) }));
  });
  return [...texts, ...boxes];
};
