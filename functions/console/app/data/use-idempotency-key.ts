import { useRef } from 'react';

/** A key per body for creates: one that is sent again because its answer was lost happens once. */
export const useIdempotencyKey = () => {
  const last = useRef({ text: '', key: '' });
  return (body: object): string => {
    const text = JSON.stringify(body);
    if (text !== last.current.text) last.current = { text, key: crypto.randomUUID() };
    return last.current.key;
  };
};
