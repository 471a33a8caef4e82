import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useChange } from '../data/use-change.ts';
import { CheckedForm } from '../parts/checked-form.tsx';
import { textShape } from '../parts/draft-shape.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { RestoredNotice } from '../parts/restored-notice.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { meTexts as texts } from './texts.ts';

export const MyName = ({ name: current }: { name: string }) => {
  const draft = useDraft({ name: 'my-name', initial: current, shape: textShape });
  const name = draft.value;
  const rename = useChange('updateMe', {
    changes: ['getMe', 'getMyUser', 'getUser', 'listUsers', 'listPoolUsers'],
    done: (person) => texts.saved(person.name),
  });
  const problem = placeProblem(rename.error, ['/name']);
  return (
    <CheckedForm busy={rename.isPending} onSubmit={() => draft.send(rename.mutateAsync({ call: { body: { name } } }))}>
      <RestoredNotice draft={draft} />
      <ProblemAlert error={rename.error} placed={problem} />
      <FormField
        label={texts.name}
        description={texts.nameText}
        errorText={problem.at('/name')}
        secondaryControl={
          <Button formAction="submit" loading={rename.isPending} disabled={name === current}>
            {texts.save}
          </Button>
        }
      >
        <Input value={name} autoComplete="name" onChange={({ detail }) => draft.set(detail.value)} />
      </FormField>
    </CheckedForm>
  );
};
