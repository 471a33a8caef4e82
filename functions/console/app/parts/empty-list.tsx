import Button from '@cloudscape-design/components/button';
import { Empty, LoadError } from './states.tsx';

interface EmptyListProps {
  words: { none: string; noneText?: string; noneFound: string; noneFoundText: string; clear: string };
  error: unknown;
  retry: () => unknown;
  /** Whether filters may be why. */
  filtered: boolean;
  onClear: () => void;
}

/** Why a list shows nothing: it could not be read, filters leave nothing, or there is nothing. */
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
