import { useLayoutEffect, useRef, useState } from 'react';

/** The width in CSS pixels below which a table does not fit. */
const narrowBelow = 600;

/** Whether an element is too narrow for a table: `const { place, narrow } = useNarrow()`, then `<div ref={place}>`. */
export const useNarrow = () => {
  const place = useRef<HTMLDivElement>(null);
  const [narrow, setNarrow] = useState(() => innerWidth < narrowBelow);
  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const element = place.current;
    const measure = () => {
      // A change of layout would close a dialog that was opened from this element.
      const { clientWidth } = element;
      // A hidden element has no width.
      if (clientWidth > 0 && !isDialogOpen()) setNarrow(clientWidth < narrowBelow);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // A dialog that closes moves the focus back here. Measures again, because nothing was measured while it was open.
    element.addEventListener('focusin', measure);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', measure);
    };
  }, []);
  return { place, narrow };
};

const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.checkVisibility());
