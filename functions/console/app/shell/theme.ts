import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

const stored = 'roster.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const isDark = (): boolean => {
  const chosen = localStorage.getItem(stored);
  return chosen === null ? system.matches : chosen === 'dark';
};

const apply = (): void => {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
};

/** Uses the theme of the system until the person chooses one, which this browser then remembers. */
export const startTheme = (): void => {
  apply();
  system.addEventListener('change', apply);
};

export const useTheme = () => ({
  dark: useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, isDark),
  toggle: () => {
    localStorage.setItem(stored, isDark() ? 'light' : 'dark');
    apply();
  },
});
