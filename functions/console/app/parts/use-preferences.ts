import { useState } from 'react';

/** A person's preferences, stored in this browser under a name: `usePreferences('users', { pageSize: 50 })`. */
export const usePreferences = <T extends object>(name: string, preset: T): [T, (chosen: Partial<T>) => void] => {
  const [preferences, setPreferences] = useState(() => ({ ...preset, ...read<T>(name) }));
  return [
    preferences,
    (chosen) => {
      const all = { ...preferences, ...chosen };
      setPreferences(all);
      localStorage.setItem(`roster.${name}`, JSON.stringify(all));
    },
  ];
};

const read = <T>(name: string): Partial<T> => {
  try {
    return JSON.parse(localStorage.getItem(`roster.${name}`) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
};
