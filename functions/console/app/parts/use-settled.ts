import { useEffect, useState } from 'react';

/** The value once it has not changed for a while: for searches as one types. Milliseconds. */
export const useSettled = <T>(value: T, delay = 200): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
};
