import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { shellTexts as texts } from './texts.ts';

interface Flash {
  success(text: string): void;
  error(text: string, details?: ReactNode): void;
  /** Shows that work is in progress. When the work has ended, call `show` with the same id to replace the message. */
  progress(id: string, text: string): void;
  /** Shows a message, which replaces any earlier message with the same id. */
  show(id: string, item: FlashbarProps.MessageDefinition): void;
  dismiss(id: string): void;
}

const FlashContext = createContext<{ items: FlashbarProps.MessageDefinition[]; flash: Flash } | undefined>(undefined);

const context = () => {
  const found = useContext(FlashContext);
  if (!found) throw new Error('There is no FlashProvider');
  return found;
};

/** Shows messages at the top of the page, for example about the success or failure of a request. */
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
