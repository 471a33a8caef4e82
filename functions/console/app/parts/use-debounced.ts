import { useEffect, useState } from 'react';

/** The value after it has not changed for `delay` milliseconds, for searches while a person types. */
export const useDebounced = <T>(value: T, delay = 200): T => {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return debounced;
};
