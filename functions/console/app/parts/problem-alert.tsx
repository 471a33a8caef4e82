import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { codeOf, OutcomeUnknown } from '../data/problem-error.ts';
import { shellTexts as texts } from '../shell/texts.ts';
import { CheckOutcome } from './check-outcome.tsx';
import { FormProblem } from './checked-form.tsx';
import { inWords, referenceOf, type placeProblem } from './problem.ts';

interface ProblemAlertProps {
  error: unknown;
  /** The errors that the fields of the form show, so that the alert shows only the others. Absent: the alert shows all. */
  placed?: ReturnType<typeof placeProblem>;
  /** Reads the object again after a 412, and keeps the input of the form. */
  reload?: (() => unknown) | undefined;
}

/** Shows at the top of a form why the API refused it. Renders nothing without an error. */
export const ProblemAlert = ({ error, placed, reload }: ProblemAlertProps) => {
  if (!error) return null;
  const text = placed ? placed.rest : inWords(error);
  if (codeOf(error) === 'stale_version' && reload)
    return (
      <FormProblem>
        <Alert
          type="warning"
          header={texts.stale}
          action={
            <Button formAction="none" onClick={() => void reload()}>
              {texts.reloadAndKeep}
            </Button>
          }
        >
          {texts.staleText}
        </Alert>
      </FormProblem>
    );
  if (text === undefined) return null;
  if (error instanceof OutcomeUnknown)
    return (
      <FormProblem>
        <Alert type="warning" header={texts.unknownOutcome} action={<CheckOutcome />}>
          {text} {referenceOf(error)}
        </Alert>
      </FormProblem>
    );
  return (
    <FormProblem>
      <Alert type="error" header={texts.failed}>
        {text} {referenceOf(error)}
      </Alert>
    </FormProblem>
  );
};
