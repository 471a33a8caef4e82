import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { codeOf } from '../data/problem-error.ts';
import { inWords } from '../parts/problem.ts';
import { shellTexts } from '../shell/texts.ts';
import { resourcesTexts as texts } from './texts.ts';
import type { Failure } from './use-each.ts';

interface FailuresAlertProps {
  failures: Failure[];
  /** Of how many. */
  of: number;
  reload: () => unknown;
}

/** Which of several did not work, and why each. */
export const FailuresAlert = ({ failures, of, reload }: FailuresAlertProps) => {
  if (failures.length === 0) return null;
  const stale = failures.some(({ error }) => codeOf(error) === 'stale_version');
  return (
    <Alert
      type="error"
      header={texts.notDone(failures.length, of)}
      action={
        stale && (
          <Button formAction="none" onClick={() => void reload()}>
            {shellTexts.reloadAndKeep}
          </Button>
        )
      }
    >
      {failures.length < of && texts.notDoneText}
      <ul>
        {failures.map(({ resource: { id, name }, error }) => (
          <li key={id}>{`${name}: ${codeOf(error) === 'stale_version' ? shellTexts.stale : inWords(error)}`}</li>
        ))}
      </ul>
    </Alert>
  );
};
