import { useState } from 'react';

/** The selected items of a list, across its pages. Each is looked up in `items` again, because it may have a newer version by now. */
export const useSelection = <T extends { id: string }>(items: T[]) => {
  const [chosen, select] = useState<T[]>([]);
  return {
    selected: chosen.map((each) => items.find(({ id }) => id === each.id) ?? each),
    select,
    unselect: (done: readonly { id: string }[]) =>
      select((all) => all.filter(({ id }) => !done.some((each) => each.id === id))),
  };
};
