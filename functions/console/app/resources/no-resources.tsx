import Button from '@cloudscape-design/components/button';
import { codeOf } from '../data/problem-error.ts';
import { inWords } from '../parts/problem.ts';
import { Empty, LoadError } from '../parts/states.tsx';
import { resourcesTexts as texts } from './texts.ts';

interface NoResourcesProps {
  error: unknown;
  retry: () => unknown;
  filtered: boolean;
  onClear: () => void;
}

/** Why the table shows none. A pool or owner of the address may be gone: reading again would not help. */
export const NoResources = ({ error, retry, filtered, onClear }: NoResourcesProps) => {
  const gone = ['unknown_pool', 'unknown_user'].includes(codeOf(error) ?? '');
  if (error && !gone) return <LoadError error={error} retry={retry} />;
  if (!filtered) return <Empty title={texts.none} text={texts.noneText} />;
  return (
    <Empty
      title={texts.noneFound}
      text={gone ? inWords(error) : texts.noneFoundText}
      action={<Button onClick={onClear}>{texts.clear}</Button>}
    />
  );
};
