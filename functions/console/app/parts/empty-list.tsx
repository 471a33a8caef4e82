import Button from '@cloudscape-design/components/button';
import { Empty, LoadError } from './states.tsx';

interface EmptyListProps {
  words: { none: string; noneText?: string; noneFound: string; noneFoundText: string; clear: string };
  error: unknown;
  retry: () => unknown;
  /** Whether the list is filtered, so that the filters may be the reason. */
  filtered: boolean;
  onClear: () => void;
}

/** Explains why a list is empty: it could not be read, no item matches the filters, or there are no items. */
export const EmptyList = ({ words, error, retry, filtered, onClear }: EmptyListProps) => {
  if (error) return <LoadError error={error} retry={retry} />;
  if (!filtered) return <Empty title={words.none} {...(words.noneText !== undefined && { text: words.noneText })} />;
  return (
    <Empty
      title={words.noneFound}
      text={words.noneFoundText}
      action={<Button onClick={onClear}>{words.clear}</Button>}
    />
  );
};
