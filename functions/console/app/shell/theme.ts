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

/** Follows the system until a person chooses; what they chose is remembered. */
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
