import { useState } from 'react';

/** What is selected of a list, on all its pages: as it is now, since what was done to it meanwhile made new versions. */
export const useSelection = <T extends { id: string }>(items: T[]) => {
  const [chosen, select] = useState<T[]>([]);
  return {
    selected: chosen.map((each) => items.find(({ id }) => id === each.id) ?? each),
    select,
    unselect: (done: T[]) => select((all) => all.filter(({ id }) => !done.some((each) => each.id === id))),
  };
};
