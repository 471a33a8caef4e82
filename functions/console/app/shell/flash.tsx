import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { shellTexts as texts } from './texts.ts';

interface Flash {
  success(text: string): void;
  error(text: string, details?: ReactNode): void;
  /** Something is under way: a message that is replaced, by its id, when it has ended. */
  progress(id: string, text: string): void;
  /** A message that changes: given the same id it takes the place of the one before. */
  show(id: string, item: FlashbarProps.MessageDefinition): void;
  dismiss(id: string): void;
}

const FlashContext = createContext<{ items: FlashbarProps.MessageDefinition[]; flash: Flash } | undefined>(undefined);

const context = () => {
  const found = useContext(FlashContext);
  if (!found) throw new Error('There is no FlashProvider');
  return found;
};

/** Messages on top of the page: what was done, what went wrong. */
export const useFlash = (): Flash => context().flash;

export const FlashMessages = () => <Flashbar items={context().items} stackItems />;

let count = 0;

export const FlashProvider = ({ children }: { children: ReactNode }) => {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([]);
  const flash = useMemo((): Flash => {
    const dismiss = (id: string) => setItems((all) => all.filter((item) => item.id !== id));
    const show: Flash['show'] = (id, item) =>
      setItems((all) => [
        { dismissible: true, dismissLabel: texts.close, onDismiss: () => dismiss(id), ...item, id },
        ...all.filter((other) => other.id !== id),
      ]);
    const add = (item: FlashbarProps.MessageDefinition) => show(`flash-${(count += 1)}`, item);
    return {
      success: (content) => add({ type: 'success', content }),
      error: (header, content) => add({ type: 'error', header, content }),
      progress: (id, content) => show(id, { type: 'in-progress', loading: true, dismissible: false, content }),
      show,
      dismiss,
    };
  }, []);
  const value = useMemo(() => ({ items, flash }), [items, flash]);
  return <FlashContext value={value}>{children}</FlashContext>;
};
