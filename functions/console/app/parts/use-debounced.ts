import { useEffect, useState } from 'react';

/** The value once it has not changed for a while: for searches as one types. Milliseconds. */
export const useDebounced = <T>(value: T, delay = 200): T => {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return debounced;
};
